using ClassifierFunctions.Models.Onnx;
using ClassifierFunctions.Training.Degradations;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ClassifierFunctions.Training.Network;

/// <summary>Writes the trained network as ONNX: batch normalisation folded into the convolutions, the temperature into the last layer.</summary>
internal static class OnnxExport
{
    public const string Input = "pixel_values";
    public const string Output = "logits";

    private static readonly long[] Kernel = [3, 3];
    private static readonly long[] Padding = [1, 1, 1, 1];

    /// <param name="network">In evaluation mode.</param>
    /// <param name="temperature">Divides the scores (Guo and others, On Calibration of Modern Neural Networks, 2017).</param>
    /// <param name="path">File to write.</param>
    public static void Save(QualityNetwork network, double temperature, string path)
    {
        using var scope = NewDisposeScope();
        var graph = new OnnxGraphBuilder("photo-quality", "ClassifierFunctions.Training", description: "Tells good photos from blurred, dark, overexposed and noisy ones.");
        var value = graph.Input(Input, OnnxElement.Float32, "batch", 3, QualityNetwork.InputSize, QualityNetwork.InputSize);
        var faintest = graph.Scalar("faintest", QualityNetwork.Faintest);
        var means = new List<OnnxValue>();
        for (var i = 0; i < QualityNetwork.Plan.Count; i++)
        {
            var (weight, bias) = Folded(network.Convolutions[i], network.Normalisations[i]);
            var stride = QualityNetwork.Plan[i].Stride;
            value = graph.Node(
                "Conv",
                [value, Weights(graph, $"stage{i}.weight", weight), Weights(graph, $"stage{i}.bias", bias)],
                ("kernel_shape", Kernel), ("strides", new long[] { stride, stride }), ("pads", Padding));
            value = graph.Node("Relu", [value]);
            var mean = graph.Node("Flatten", [graph.Node("GlobalAveragePool", [value])], ("axis", 1L));
            means.AddRange([mean, graph.Node("Log", [graph.Node("Add", [mean, faintest])])]);
        }

        var features = graph.Node("Concat", [.. means], ("axis", 1L));
        var hidden = graph.Node("Relu", [Dense(graph, "Gemm", "hidden", features, network.HiddenLayer, 1)]);
        var scores = Dense(graph, new("Gemm", Output), "scores", hidden, network.ScoreLayer, temperature);
        graph.Output(scores, OnnxElement.Float32, "batch", Enum.GetValues<Quality>().Length);
        graph.Save(path);
    }

    private static OnnxValue Dense(OnnxGraphBuilder graph, OnnxOperator gemm, string name, OnnxValue input, Linear layer, double divisor)
        => graph.Node(
            gemm,
            [input, Weights(graph, $"{name}.weight", layer.weight / divisor), Weights(graph, $"{name}.bias", layer.bias! / divisor)],
            ("transB", 1L));

    // y = (w * x - mean) / sqrt(variance + eps) * gain + offset is a convolution again.
    private static (Tensor Weight, Tensor Bias) Folded(Conv2d convolution, BatchNorm2d normalisation)
    {
        var factor = normalisation.weight! / (normalisation.running_var! + normalisation.eps).sqrt();
        return (convolution.weight * factor.view(-1, 1, 1, 1), normalisation.bias! - (normalisation.running_mean! * factor));
    }

    private static OnnxValue Weights(OnnxGraphBuilder graph, string name, Tensor tensor)
        => graph.Weights(name, tensor.detach().contiguous().data<float>().ToArray(), tensor.shape);
}
