namespace ClassifierFunctions.ModelTool.TensorFlow.Conversion.Operations;

/// <summary>
/// The moving averages of a batch normalisation whose graph was saved in its training form, which normalises by the images of the batch. Keras,
/// tf.layers and tf.contrib keep them in variables beside offset and scale.
/// </summary>
internal static class MovingStatistics
{
    /// <exception cref="UnsupportedException">There are no such variables.</exception>
    public static (Operand.Present Mean, Operand.Present Variance) Of(NodeContext context)
    {
        // The variable of the offset, which every batch normalisation has, or of the scale.
        foreach (var input in TensorName.DataInputs(context.Node).Skip(1).Take(2).Reverse())
        {
            var variable = Variable(context.Evaluator, input);
            if (variable?.LastIndexOf('/') is > 0 and var end
                && Read(context.Evaluator, $"{variable[..end]}/moving_mean") is { } mean
                && Read(context.Evaluator, $"{variable[..end]}/moving_variance") is { } variance)
            {
                context.Evaluator.TrainingNormalisations.Add(variable[..end]);
                return (mean, variance);
            }
        }

        throw new UnsupportedException("normalises by the images of the batch, as in training, and no moving_mean and moving_variance are beside its offset; save the graph with training set to false");
    }

    /// <summary>
    /// What stands for a mean or variance over the images of the batch in a batch normalisation that is written out: tf.nn.moments of it is in
    /// scope/moments, and the averages are scope/moving_mean and scope/moving_variance, in towers without the first parts of the scope.
    /// </summary>
    /// <returns>A vector; null when the node is neither.</returns>
    public static Operand.Present? Instead(GraphEvaluator evaluator, NodeDef node)
    {
        var parts = node.Name.Split('/');
        var end = Array.IndexOf(parts, "moments");
        if (end < 1 || parts[^1] is not ("mean" or "Mean" or "variance"))
            return null;
        for (var first = 0; first < end; first++)
        {
            var scope = string.Join('/', parts[first..end]);
            if (Read(evaluator, $"{scope}/moving_{parts[^1].ToLowerInvariant()}") is { Dims.Count: 1 } average)
            {
                evaluator.TrainingNormalisations.Add(scope);
                return average;
            }
        }

        return null;
    }

    private static string? Variable(GraphEvaluator evaluator, string tensor)
    {
        const int MaxSteps = 16;
        for (var steps = 0; steps < MaxSteps && evaluator.Source.Nodes.GetValueOrDefault(TensorName.Parse(tensor).Node) is { } node; steps++)
        {
            if (node.Op is "Variable" or "VariableV2" or "VarHandleOp")
                return node.Name;
            if (TensorName.DataInputs(node).FirstOrDefault() is not { } from)
                return null;
            tensor = from;
        }

        return null;
    }

    private static Operand.Present? Read(GraphEvaluator evaluator, string variable)
        => evaluator.Source.Nodes.GetValueOrDefault(variable) is { Op: "Variable" or "VariableV2" or "VarHandleOp" } node
            ? SourceOperations.Read(evaluator, node) as Operand.Present
            : null;
}
