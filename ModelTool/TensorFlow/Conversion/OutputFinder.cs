using ClassifierFunctions.ModelTool.TensorFlow.Sources;

namespace ClassifierFunctions.ModelTool.TensorFlow.Conversion;

/// <summary>Finds the tensor with the scores when nobody names it.</summary>
internal static class OutputFinder
{
    private static readonly string[] ScoreNames = ["prob", "softmax", "score", "predictions"];

    // What signatures that answer no question are called.
    private static readonly string[] TrainingNames = ["train", "save", "restore", "load", "init"];

    /// <returns>Tensors in the order asked for; one when nothing was asked.</returns>
    /// <exception cref="ImportException">A name that is not in the graph, no candidate, or several: the message lists them.</exception>
    public static IReadOnlyList<string> Find(TensorFlowModel source, GraphShape shape, IReadOnlyList<string> wanted)
    {
        if (wanted.Count > 0)
            return [.. wanted.Select(name => Named(source, shape, name)).Distinct()];
        var candidates = Candidates(source, shape);
        return candidates switch
        {
            [var only] => [only],
            [] => throw new ImportException($"{source.Path}: no output of a network was found; name one with --output."
                + (source.Kind == SourceKind.SavedModel && source.Signatures.Count == 0 ? " The SavedModel has no signature that says what can be asked of it." : "")),
            _ => throw new ImportException($"{source.Path}: several outputs may hold the scores; name those to keep with --output: {Listed(candidates)}."),
        };
    }

    private static string Listed(IEnumerable<string> names)
    {
        string[] all = [.. names];
        const int Most = 12;
        return string.Join(", ", all.Take(Most)) + (all.Length > Most ? $" and {all.Length - Most} more" : "");
    }

    private static string Named(TensorFlowModel source, GraphShape shape, string name)
    {
        // Signatures have names of their own for their outputs.
        if (shape.Node(name) is null && source.Signatures.Select(signature => signature.Outputs.GetValueOrDefault(name)).OfType<string>().FirstOrDefault() is { } tensor)
            return tensor;
        if (shape.Node(name) is null)
        {
            var similar = source.Nodes.Keys.Where(node => node.EndsWith('/' + name, StringComparison.Ordinal)).Take(5).ToArray();
            throw new ImportException($"{source.Path}: --output {name}: there is no such node."
                + (similar.Length > 0 ? $" Is it {string.Join(" or ", similar)}?" : ""));
        }

        return TensorName.Parse(name) is (var node, 0) ? node : name;
    }

    private static IReadOnlyList<string> Candidates(TensorFlowModel source, GraphShape shape)
    {
        if (Signature(source) is { } signature && Scores(shape, signature) is { Count: > 0 } scores)
            return scores;
        // What ends in a softmax or sigmoid with no layer after it; else what the loss takes; else what nobody takes.
        string[] ends =
        [
            .. source.Nodes.Values.Where(node => node.Op is "Softmax" or "Sigmoid" or "LogSoftmax" && GraphShape.IsForward(node) && IsNetwork(shape, node) && IsLast(shape, node))
                .Select(node => node.Name),
        ];
        if (PrimaryOf(ends) is { Length: > 0 } ofNetwork)
            return ofNetwork;
        string[] logits =
        [
            .. source.Nodes.Values.Where(node => node.Op is "SoftmaxCrossEntropyWithLogits" or "SparseSoftmaxCrossEntropyWithLogits")
                .Select(node => Before(shape, TensorName.DataInputs(node).First())).Distinct(),
        ];
        if (logits.Length == 0)
            logits = [.. SigmoidLosses(source, shape).Distinct()];
        if (PrimaryOf(logits) is { Length: > 0 } ofLoss)
            return ofLoss;
        return PrimaryOf(Sinks(source, shape));
    }

    /// <summary>Logits that a loss of independent classes takes.</summary>
    /// <remarks>tf.nn.sigmoid_cross_entropy_with_logits is no node but a scope of them (python/ops/nn_impl.py); it begins with the logits' zeroes.</remarks>
    public static IEnumerable<string> SigmoidLosses(TensorFlowModel source, GraphShape shape)
        => source.Nodes.Values
            .Where(node => node.Op == "ZerosLike" && node.Name.Split('/') is [.., var scope, _] && scope.StartsWith("logistic_loss", StringComparison.Ordinal) && GraphShape.IsForward(node))
            .Select(node => Before(shape, TensorName.DataInputs(node).First()));

    // Auxiliary heads are for training.
    private static string[] PrimaryOf(string[] names)
        => names.Where(name => !name.Contains("aux", StringComparison.OrdinalIgnoreCase)).ToArray() is { Length: > 0 } main ? main : names;

    private static GraphSignature? Signature(TensorFlowModel source)
        => source.Signatures.FirstOrDefault(signature => signature.Name == "serving_default")
            ?? (source.Signatures.Where(signature => !TrainingNames.Any(name => signature.Name.Contains(name, StringComparison.OrdinalIgnoreCase))).Take(2).ToArray() is [var only] ? only : null);

    private static IReadOnlyList<string> Scores(GraphShape shape, GraphSignature signature)
    {
        string[] outputs = [.. signature.Outputs.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => BeforeChoice(shape, pair.Value)).Distinct()];
        if (outputs.Length <= 1)
            return outputs;
        // Class numbers and names come with the scores that they were taken from.
        string[] numbers = [.. outputs.Where(output => shape.Node(output)?.Op is not ("ArgMax" or "Cast" or "AsString" or "Tile" or "LookupTableFindV2" or "Const"))];
        string[] named = [.. signature.Outputs.Where(pair => ScoreNames.Any(name => pair.Key.Contains(name, StringComparison.OrdinalIgnoreCase))).Select(pair => pair.Value).Intersect(numbers)];
        return named.Length == 1 ? named : numbers;
    }

    private static bool IsNetwork(GraphShape shape, NodeDef node)
        => shape.Ancestors([node], _ => false).Any(ancestor => ancestor.Op is "Conv2D" or "MatMul" or "DepthwiseConv2dNative");

    private static bool IsLast(GraphShape shape, NodeDef node)
        => !shape.Descendants(node).Any(later => later.Op is "Conv2D" or "MatMul" or "DepthwiseConv2dNative" or "Softmax" or "Sigmoid" or "LogSoftmax" or "BatchMatMul" or "BatchMatMulV2");

    // The scores of which only the best class was left.
    private static string BeforeChoice(GraphShape shape, string tensor)
        => shape.Node(tensor) is { Op: "ArgMax" or "TopKV2" } choice ? TensorName.DataInputs(choice).First()
            : shape.Node(tensor) is { Op: "Cast" } cast && shape.Node(TensorName.DataInputs(cast).First()) is { Op: "ArgMax" } cut ? TensorName.DataInputs(cut).First()
            : tensor;

    private static string Before(GraphShape shape, string tensor)
    {
        while (shape.Node(tensor) is { Op: "Reshape" } node)
            tensor = TensorName.DataInputs(node).First();
        return tensor;
    }

    // No losses and accuracies, which are scalars, and nothing that changes variables.
    private static bool IsResult(TensorFlowModel source, NodeDef node)
        => node.Op is not ("SaveV2" or "Enter" or "Exit") && !node.Op.Contains("Assign", StringComparison.Ordinal) && !node.Op.Contains("Apply", StringComparison.Ordinal)
            && !node.Op.Contains("Scatter", StringComparison.Ordinal) && source.OutputShape(node, 0) is not { Count: 0 };

    private static string[] Sinks(TensorFlowModel source, GraphShape shape)
        =>
        [
            .. source.Nodes.Values
                .Where(node => GraphShape.IsForward(node) && !shape.ForwardConsumers(node).Any() && IsResult(source, node) && IsNetwork(shape, node))
                .Select(node => BeforeChoice(shape, node.Name))
                .Distinct(),
        ];
}
