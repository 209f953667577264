using ClassifierFunctions.ModelTool.TensorFlow;
using ClassifierFunctions.ModelTool.TensorFlow.Conversion;
using ClassifierFunctions.ModelTool.TensorFlow.Sources;

namespace ClassifierFunctions.ModelTool.Import;

/// <summary>Counts what a model leaves behind of its training graph and checkpoint.</summary>
internal static class DroppedParts
{
    private const string Variables = "variables that the output does not need";

    // What optimisers append to a variable's name for their state, and their own scalars.
    private static readonly string[] Slots =
    [
        "Adam", "Adam_1", "Adam_2", "Adam_3", "Momentum", "RMSProp", "RMSProp_1", "RMSProp_2", "Adagrad", "Adadelta", "Adadelta_1", "Ftrl", "Ftrl_1", "beta1_power",
        "beta2_power", "ExponentialMovingAverage",
    ];

    /// <param name="source">What was read.</param>
    /// <param name="used">Names of the nodes that the model consists of.</param>
    /// <param name="dropouts">How many dropouts became nothing.</param>
    public static IReadOnlyList<DroppedPart> Of(TensorFlowModel source, IReadOnlyCollection<string> used, int dropouts)
    {
        var kept = used.ToHashSet();
        var stored = kept.Select(source.Nodes.GetValueOrDefault).OfType<NodeDef>().Where(VariableMap.IsVariable).Select(source.StoredName).ToHashSet();
        var variables = source.Stored.Where(pair => !stored.Contains(pair.Key)).GroupBy(pair => IsSlot(pair.Key) ? "optimiser slots" : Variables)
            .Select(group => new DroppedPart(group.Key, group.Count(), group.Sum(pair => Bytes(pair.Value.Type, pair.Value.Dims))));
        var nodes = source.Nodes.Values.Where(node => !kept.Contains(node.Name)).GroupBy(Kind).Select(group => new DroppedPart(group.Key, group.Count()));
        IEnumerable<DroppedPart> dropout = dropouts > 0 ? [new("dropouts", dropouts)] : [];
        return [.. variables.OrderByDescending(part => part.Bytes), .. dropout, .. nodes.OrderByDescending(part => part.Count)];
    }

    private static long Bytes(DataType type, IEnumerable<long> dims) => dims.Aggregate((long)Tensor.SizeOf(type), (product, dim) => product * dim);

    private static bool IsSlot(string name)
    {
        var parts = name.Split('/');
        return Slots.Contains(parts[^1]) || parts.Any(part => part is ".OPTIMIZER_SLOT" or "OptimizerVariable" or "training" or "optimizer")
            || parts[^1].StartsWith("beta1_power", StringComparison.Ordinal) || parts[^1].StartsWith("beta2_power", StringComparison.Ordinal);
    }

    private static string Kind(NodeDef node)
        => node.Name.Split('/').Any(part => part.StartsWith("gradients", StringComparison.Ordinal)) || node.Op.EndsWith("Grad", StringComparison.Ordinal) ? "nodes of gradients"
            : node.Op.StartsWith("Apply", StringComparison.Ordinal) || node.Op.StartsWith("ResourceApply", StringComparison.Ordinal) || IsSlot(node.Name) ? "nodes of optimisers"
            : node.Op is "SaveV2" or "RestoreV2" or "MergeV2Checkpoints" || node.Name.StartsWith("save", StringComparison.Ordinal) ? "nodes of savers"
            : node.Op.Contains("Summary", StringComparison.Ordinal) ? "summaries"
            : node.Op.Contains("Queue", StringComparison.Ordinal) || node.Op.Contains("Dataset", StringComparison.Ordinal) || node.Op.Contains("Reader", StringComparison.Ordinal)
                || node.Op.StartsWith("Iterator", StringComparison.Ordinal) || node.Op.StartsWith("Decode", StringComparison.Ordinal) ? "nodes of input pipelines"
            : "other nodes that the output does not need";
}
