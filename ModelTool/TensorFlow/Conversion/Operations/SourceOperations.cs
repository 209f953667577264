namespace ClassifierFunctions.ModelTool.TensorFlow.Conversion.Operations;

/// <summary>Where numbers come from: constants and variables, and nodes that pass on what they get.</summary>
internal static class SourceOperations
{
    public static IReadOnlyList<(string Name, Operation Convert)> All { get; } =
    [
        ("Const", Const),
        .. new[] { "Variable", "VariableV2" }.Select(name => (name, (Operation)Variable)),
        .. new[] { "VarHandleOp", "VariableHandleOp" }.Select(name => (name, (Operation)(context => [new Operand.Handle(context.Node)]))),
        ("ReadVariableOp", context => context.Raw(0) is Operand.Handle handle
            ? [Read(context.Evaluator, handle.Variable)]
            : throw new UnsupportedException("reads something that is no variable")),
        .. new[] { "Identity", "RefIdentity", "StopGradient", "PreventGradient", "CheckNumerics", "Snapshot", "PlaceholderWithDefault", "EnsureShape", "LinkedIdentity" }
            .Select(name => (name, (Operation)(context => [context.Raw(0)]))),
        ("IdentityN", context => [.. Enumerable.Range(0, context.Count).Select(context.Raw)]),
        ("Dequantize", context => [Dequantization.Convert(context)]),
        // Whether a variable has a value: after training it has.
        .. new[] { "IsVariableInitialized", "VarIsInitializedOp" }.Select(name => (name, (Operation)(context =>
            [GraphEvaluator.Constant(context.Name, DataType.DtBool, [], () => new Tensor(DataType.DtBool, [], new byte[] { 1 }), isWeights: false)]))),
    ];

    private static Operand[] Const(NodeContext context)
    {
        // Frozen variables are constants with a shape; scalars and shapes are settings.
        var tensor = context.TensorValue("value");
        return [GraphEvaluator.Constant(
            context.Name, tensor.Type, tensor.Dims, () => tensor, tensor.Dims.Count > 0 && OnnxTypes.Widened(tensor.Type) == DataType.DtFloat)];
    }

    private static Operand[] Variable(NodeContext context) => [Read(context.Evaluator, context.Node)];

    public static Operand Read(GraphEvaluator evaluator, NodeDef variable)
    {
        var entry = evaluator.Source.Variable(variable)
            ?? throw new ImportException($"{evaluator.Source.Path}: the checkpoint beside it has no value for variable {variable.Name}: they do not belong together.");
        return GraphEvaluator.Constant(variable.Name, entry.Type, entry.Dims, () => evaluator.Source.ReadVariable(variable), isWeights: true);
    }
}
