namespace ClassifierFunctions.ModelTool.TensorFlow.Conversion;

/// <summary>Switch and Merge (tensorflow/tensorflow, core/ops/control_flow_ops.cc) of a predicate that is known: one branch is taken, the other is not there.</summary>
internal static class ControlFlow
{
    /// <summary>The results of a Switch or Merge; null for other nodes.</summary>
    /// <exception cref="UnsupportedException">The branch depends on the image.</exception>
    public static IReadOnlyList<Operand>? TryEvaluate(NodeDef node, GraphEvaluator evaluator) => node.Op switch
    {
        "Switch" or "RefSwitch" => Switch(node, evaluator),
        "Merge" or "RefMerge" => Merge(node, evaluator),
        _ => null,
    };

    /// <summary>The value of a Switch's predicate.</summary>
    public static bool Predicate(NodeDef node, GraphEvaluator evaluator)
    {
        string[] inputs = [.. TensorName.DataInputs(node)];
        if (inputs.Length != 2)
            throw new UnsupportedException($"has {inputs.Length} inputs instead of 2: the file is damaged");
        return evaluator.Get(inputs[1]) switch
        {
            Operand.Constant { Type: DataType.DtBool } constant when constant.Read().Bytes is { Length: 1 } bytes => bytes.Span[0] != 0,
            Operand.Computed { Value: { IsConstant: true, Type: DataType.DtBool } value } when ConstantFolding.Evaluate(value).Bytes is { Length: 1 } bytes => bytes.Span[0] != 0,
            _ => throw new UnsupportedException($"branches on {inputs[1]}, which is not known before there is an image"),
        };
    }

    private static Operand[] Switch(NodeDef node, GraphEvaluator evaluator)
    {
        var data = evaluator.Get(TensorName.DataInputs(node).First());
        return Predicate(node, evaluator) ? [new Operand.Dead(), data] : [data, new Operand.Dead()];
    }

    private static Operand[] Merge(NodeDef node, GraphEvaluator evaluator)
    {
        string[] alive = [.. TensorName.DataInputs(node).Where(input => !evaluator.IsDead(input))];
        return alive switch
        {
            [] => [new Operand.Dead()],
            [var taken] => [evaluator.Get(taken), new Operand.Integers(DataType.DtInt32, [], [TensorName.DataInputs(node).ToList().IndexOf(taken)])],
            _ => throw new UnsupportedException("merges branches of which several are taken"),
        };
    }
}
