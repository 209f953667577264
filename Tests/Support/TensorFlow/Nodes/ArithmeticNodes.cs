using ClassifierFunctions.ModelTool.TensorFlow;

namespace ClassifierFunctions.Tests.Support.TensorFlow.Nodes;

/// <summary>Nodes that compute number by number.</summary>
internal static class ArithmeticNodes
{
    /// <summary>A node with no other attribute than its type.</summary>
    public static string Apply(this TestGraph graph, string op, params string[] inputs)
        => graph.Add(op, inputs, ("T", AttributeValue.Of(DataType.DtFloat)));

    public static string ApplyInt(this TestGraph graph, string op, params string[] inputs)
        => graph.Add(op, inputs, ("T", AttributeValue.Of(DataType.DtInt32)));

    public static string AddN(this TestGraph graph, params string[] inputs)
        => graph.Add("AddN", inputs, ("T", AttributeValue.Of(DataType.DtFloat)), ("N", AttributeValue.Of(inputs.Length)));

    public static string Cast(this TestGraph graph, string input, DataType from, DataType to) => graph.Add(
        "Cast", [input], ("SrcT", AttributeValue.Of(from)), ("DstT", AttributeValue.Of(to)), ("Truncate", AttributeValue.Of(false)));

    /// <param name="op">Mean, Sum, Max, Min or Prod.</param>
    /// <param name="axes">A vector, or a scalar where there is one.</param>
    public static string Reduce(this TestGraph graph, string op, string input, string axes, bool keepDims, DataType type = DataType.DtFloat) => graph.Add(
        op, [input, axes], ("T", AttributeValue.Of(type)), ("Tidx", AttributeValue.Of(DataType.DtInt32)), ("keep_dims", AttributeValue.Of(keepDims)));

    public static string ArgMax(this TestGraph graph, string input, int axis, DataType type = DataType.DtInt64) => graph.Add(
        "ArgMax",
        [input, graph.Scalar(axis)],
        ("T", AttributeValue.Of(DataType.DtFloat)),
        ("Tidx", AttributeValue.Of(DataType.DtInt32)),
        ("output_type", AttributeValue.Of(type)));
}
