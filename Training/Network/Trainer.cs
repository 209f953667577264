using ClassifierFunctions.Training.Evaluation;
using TorchSharp;
using static TorchSharp.torch;

namespace ClassifierFunctions.Training.Network;

/// <summary>Fits the network to samples.</summary>
/// <param name="pool">What to learn from.</param>
/// <param name="validation">Watched, not learnt from.</param>
/// <param name="epochs">How often each sample is seen.</param>
/// <param name="seed">Of weights, order and flips.</param>
/// <param name="report">Told after each epoch: its number, the mean loss of training, and loss and accuracy of validation.</param>
internal sealed class Trainer(SamplePool pool, SamplePool validation, int epochs, int seed, Action<int, double, double, double> report)
{
    // At 64 the largest tensors pass 32 MB, beyond which the C library asks the system for each anew: half of the time then goes into clearing pages.
    private const int BatchSize = 32;
    private const double PeakRate = 2e-3;
    private const double WeightDecay = 1e-4;
    private const double WarmUpShare = 0.05;

    /// <exception cref="InvalidOperationException">The loss is no number any more.</exception>
    /// <exception cref="OperationCanceledException">Cancelled, between two steps.</exception>
    public QualityNetwork Run(CancellationToken cancellationToken)
    {
        manual_seed(seed);
        var network = new QualityNetwork();
        using var optimizer = optim.AdamW(network.parameters(), PeakRate, weight_decay: WeightDecay);
        var random = new Random(seed);
        var order = Enumerable.Range(0, pool.Count).ToArray();
        var (steps, step) = (pool.Count / BatchSize * epochs, 0);
        for (var epoch = 1; epoch <= epochs; epoch++)
        {
            network.train();
            random.Shuffle(order);
            var sum = 0.0;
            for (var start = 0; start + BatchSize <= order.Length; start += BatchSize, step++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                using var scope = NewDisposeScope();
                foreach (var group in optimizer.ParamGroups)
                    group.LearningRate = Rate((double)step / steps);
                var (input, target) = pool.Batch(order.AsSpan(start, BatchSize), mirrored: random.Next(2) == 0, transposed: random.Next(2) == 0);
                optimizer.zero_grad();
                var loss = Loss(network.forward(input), target);
                loss.backward();
                optimizer.step();
                sum += loss.item<float>();
            }

            if (!double.IsFinite(sum))
                throw new InvalidOperationException($"Training diverged in epoch {epoch}: its loss is no number. Try another --seed.");
            var (validationLoss, accuracy) = Validate(network);
            report(epoch, sum / (pool.Count / BatchSize), validationLoss, accuracy);
        }

        network.eval();
        return network;
    }

    // Warm-up, then half a cosine down to nothing (Loshchilov and Hutter, SGDR, 2017).
    private static double Rate(double done)
        => done < WarmUpShare ? PeakRate * (done + 0.001) / WarmUpShare : PeakRate * 0.5 * (1 + Math.Cos(Math.PI * (done - WarmUpShare) / (1 - WarmUpShare)));

    // Cross-entropy against shares.
    private static Tensor Loss(Tensor scores, Tensor target) => -(target * nn.functional.log_softmax(scores, 1)).sum(1).mean();

    private (double Loss, double Accuracy) Validate(QualityNetwork network)
    {
        network.eval();
        var (scores, targets) = (network.Scores(validation), validation.Targets);
        var right = scores.Zip(targets).Count(pair => Array.IndexOf(pair.First, pair.First.Max()) == Array.IndexOf(pair.Second, pair.Second.Max()));
        return (Temperature.CrossEntropy(scores, targets, temperature: 1), (double)right / validation.Count);
    }
}
