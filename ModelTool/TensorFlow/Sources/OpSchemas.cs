namespace ClassifierFunctions.ModelTool.TensorFlow.Sources;

/// <summary>
/// The signatures of operations: those that the file lists (meta_info_def.stripped_op_list), and the outputs of known ones that it does not.
/// </summary>
internal sealed class OpSchemas
{
    // Those with several outputs, or a list of them, in files that list no signatures (frozen graphs).
    private static readonly Dictionary<string, OpDef> Known = new[]
    {
        Op("FusedBatchNorm", "y", "batch_mean", "batch_variance", "reserve_space_1", "reserve_space_2"),
        Op("FusedBatchNormV2", "y", "batch_mean", "batch_variance", "reserve_space_1", "reserve_space_2"),
        Op("FusedBatchNormV3", "y", "batch_mean", "batch_variance", "reserve_space_1", "reserve_space_2", "reserve_space_3"),
        Op("Split", "output*num_split"),
        Op("SplitV", "output*num_split"),
        Op("Unpack", "output*num"),
        Op("ShapeN", "output*N"),
        Op("IdentityN", "output:T"),
        Op("PartitionedCall", "output:Tout"),
        Op("StatefulPartitionedCall", "output:Tout"),
        Op("If", "output:Tout"),
        Op("StatelessIf", "output:Tout"),
        Op("While", "output:T"),
        Op("StatelessWhile", "output:T"),
        Op("RestoreV2", "tensors:dtypes"),
        Op("Switch", "output_false", "output_true"),
        Op("RefSwitch", "output_false", "output_true"),
        Op("Merge", "output", "value_index"),
        Op("RefMerge", "output", "value_index"),
        Op("TopK", "values", "indices"),
        Op("TopKV2", "values", "indices"),
        Op("MaxPoolWithArgmax", "output", "argmax"),
        Op("Unique", "y", "idx"),
        Op("UniqueV2", "y", "idx"),
        Op("UniqueWithCounts", "y", "idx", "count"),
        Op("ListDiff", "out", "idx"),
        Op("BroadcastGradientArgs", "r0", "r1"),
        Op("SoftmaxCrossEntropyWithLogits", "loss", "backprop"),
        Op("SparseSoftmaxCrossEntropyWithLogits", "loss", "backprop"),
        Op("IteratorGetNext", "components:output_types"),
        Op("QueueDequeueV2", "components:component_types"),
        Op("QueueDequeueManyV2", "components:component_types"),
        Op("QueueDequeueUpToV2", "components:component_types"),
        Op("QuantizeV2", "output", "output_min", "output_max"),
    }.ToDictionary(op => op.Name);

    private readonly Dictionary<string, OpDef> _listed;

    public OpSchemas(OpList? listed)
        => _listed = (listed?.Op ?? []).GroupBy(op => op.Name).ToDictionary(group => group.Key, group => group.First());

    /// <summary>Whether the file lists signatures at all.</summary>
    public bool IsListed => _listed.Count > 0;

    /// <summary>The signature in the file; null when it has none.</summary>
    public OpDef? Listed(string op) => _listed.GetValueOrDefault(op);

    /// <summary>Names of a node's outputs with the number of tensors that each is, in order; null when that is not known.</summary>
    public IReadOnlyList<(string Name, long Count)>? Outputs(NodeDef node)
        => (Listed(node.Op) ?? Known.GetValueOrDefault(node.Op)) is { } op
            ? [.. op.OutputArg.Select(arg => (arg.Name, Count(node, op, arg)))]
            : null;

    /// <summary>How many tensors an argument is; 0 where the node lacks the attribute that says it.</summary>
    public static long Count(NodeDef node, OpDef op, OpDef.Types.ArgDef arg)
        => arg.NumberAttr.Length > 0 ? Math.Clamp(Attribute(node, op, arg.NumberAttr)?.I ?? 0, 0, int.MaxValue)
            : arg.TypeListAttr.Length > 0 ? Attribute(node, op, arg.TypeListAttr)?.List?.Type.Count ?? 0
            : 1;

    /// <summary>The types of the tensors that an argument is; DT_INVALID where the node lacks the attribute that says it.</summary>
    public static IEnumerable<DataType> Types(NodeDef node, OpDef op, OpDef.Types.ArgDef arg)
        => arg.TypeListAttr.Length > 0 ? Attribute(node, op, arg.TypeListAttr)?.List?.Type ?? []
            : Enumerable.Repeat(Type(node, op, arg), (int)Count(node, op, arg));

    /// <summary>Type of a node's output; null when that is not known.</summary>
    public DataType? OutputType(NodeDef node, int port)
    {
        if (Listed(node.Op) is not { } op)
            return null;
        long left = port;
        foreach (var arg in op.OutputArg)
        {
            var count = Count(node, op, arg);
            if (left < count)
                return arg.TypeListAttr.Length > 0 ? Attribute(node, op, arg.TypeListAttr)!.List.Type[(int)left] : Type(node, op, arg);
            left -= count;
        }

        return null;
    }

    /// <summary>A node's attribute, or its default.</summary>
    public static AttrValue? Attribute(NodeDef node, OpDef op, string name)
        => node.Attr.TryGetValue(name, out var value) ? value : op.Attr.FirstOrDefault(attr => attr.Name == name)?.DefaultValue;

    private static DataType Type(NodeDef node, OpDef op, OpDef.Types.ArgDef arg)
        => arg.TypeAttr.Length > 0 ? Attribute(node, op, arg.TypeAttr)?.Type ?? DataType.DtInvalid : arg.Type;

    // "name" is one tensor, "name*attr" as many as the attribute says, "name:attr" one for each type in the attribute.
    private static OpDef Op(string name, params string[] outputs)
    {
        var op = new OpDef { Name = name };
        foreach (var output in outputs)
        {
            op.OutputArg.Add(output.Split('*') is [var numbered, var number] ? new OpDef.Types.ArgDef { Name = numbered, NumberAttr = number }
                : output.Split(':') is [var typed, var types] ? new OpDef.Types.ArgDef { Name = typed, TypeListAttr = types }
                : new OpDef.Types.ArgDef { Name = output });
        }

        return op;
    }
}
