using ClassifierFunctions.Training.Degradations;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ClassifierFunctions.Training.Network;

/// <summary>
/// A small convolutional network for qualities of a whole picture. Blur and noise show in fine texture, exposure in brightness, and neither in what the
/// picture is of: so the means of the feature maps of all stages, not only of the last one, are what the classes are told from.
/// </summary>
/// <remarks>
/// 1. Stages of 3 x 3 convolution, batch normalisation and ReLU; each but the last halves the size.
/// 2. The mean of each feature map of each stage, and its logarithm, side by side: between logarithms a difference is a ratio, such as that of edges
///    across a motion to edges along it, whatever the contrast.
/// 3. A hidden layer with ReLU, and the scores (logits).
/// </remarks>
internal sealed class QualityNetwork : nn.Module<Tensor, Tensor>
{
    public const int InputSize = 224;
    /// <summary>Added to means before the logarithm: fainter ones are all alike.</summary>
    public const float Faintest = 0.01f;

    private const int Hidden = 64;
    private const int ScoringBatch = 32;

    public static readonly IReadOnlyList<(int Channels, int Stride)> Plan = [(16, 2), (32, 2), (48, 2), (64, 2), (96, 1)];

    public QualityNetwork() : base(nameof(QualityNetwork))
    {
        var channels = 3;
        for (var i = 0; i < Plan.Count; i++)
        {
            Convolutions.Add(nn.Conv2d(channels, Plan[i].Channels, 3, Plan[i].Stride, 1, bias: false));
            Normalisations.Add(nn.BatchNorm2d(Plan[i].Channels));
            register_module($"convolution{i}", Convolutions[i]);
            register_module($"normalisation{i}", Normalisations[i]);
            channels = Plan[i].Channels;
        }

        HiddenLayer = nn.Linear(2 * Plan.Sum(stage => stage.Channels), Hidden);
        ScoreLayer = nn.Linear(Hidden, Enum.GetValues<Quality>().Length);
        register_module("hidden", HiddenLayer);
        register_module("scores", ScoreLayer);
    }

    /// <summary>Multiplications for one picture.</summary>
    public static long Multiplications
    {
        get
        {
            var (sum, channels, size) = (0L, 3, InputSize);
            foreach (var stage in Plan)
            {
                size /= stage.Stride;
                sum += 9L * channels * stage.Channels * size * size;
                channels = stage.Channels;
            }

            return sum + (2 * Plan.Sum(stage => stage.Channels) * Hidden) + (Hidden * Enum.GetValues<Quality>().Length);
        }
    }

    public List<Conv2d> Convolutions { get; } = [];

    public List<BatchNorm2d> Normalisations { get; } = [];

    public Linear HiddenLayer { get; }

    public Linear ScoreLayer { get; }

    /// <param name="input">Images x 3 x 224 x 224, normalised.</param>
    /// <returns>Images x classes, logits.</returns>
    public override Tensor forward(Tensor input)
    {
        var means = new List<Tensor>();
        for (var i = 0; i < Plan.Count; i++)
        {
            input = nn.functional.relu(Normalisations[i].forward(Convolutions[i].forward(input)));
            var mean = input.mean([2, 3]);
            means.AddRange([mean, (mean + Faintest).log()]);
        }

        return ScoreLayer.forward(nn.functional.relu(HiddenLayer.forward(cat(means, 1))));
    }

    /// <summary>Logits of all samples, in their order.</summary>
    public IReadOnlyList<float[]> Scores(SamplePool pool)
    {
        using var noGradients = no_grad();
        var scores = new List<float[]>();
        for (var start = 0; start < pool.Count; start += ScoringBatch)
        {
            using var scope = NewDisposeScope();
            var (input, _) = pool.Batch([.. Enumerable.Range(start, Math.Min(ScoringBatch, pool.Count - start))]);
            scores.AddRange(forward(input).data<float>().ToArray().Chunk((int)ScoreLayer.out_features));
        }

        return scores;
    }
}
