using ClassifierFunctions.ModelTool.TensorFlow;
using ClassifierFunctions.Tests.Support.TensorFlow;
using ClassifierFunctions.Tests.Support.TensorFlow.Nodes;

namespace ClassifierFunctions.Tests.Unit.ModelTool.TensorFlow.Conversion;

/// <summary>Ops that pass their input on at inference, among them dropout as each version of TensorFlow writes it.</summary>
public sealed class PassThroughConformanceTests
{
    [Theory]
    [InlineData("Identity")]
    [InlineData("Snapshot")]
    [InlineData("StopGradient")]
    [InlineData("PreventGradient")]
    [InlineData("PlaceholderWithDefault")]
    public void PassThrough_Op_IsReference(string op) => Conformance.Check(5, 4, 3, (graph, x) => op switch
    {
        "PlaceholderWithDefault" => graph.Add(op, [x], ("dtype", AttributeValue.Of(DataType.DtFloat)), ("shape", AttributeValue.Shape(-1, 5, 4, 3))),
        _ => graph.Apply(op, graph.Apply("Relu", x)),
    });

    [Fact]
    public void CheckNumerics_Message_IsReference() => Conformance.Check(
        5, 4, 3, (graph, x) => graph.Add("CheckNumerics", [x], ("T", AttributeValue.Of(DataType.DtFloat)), ("message", AttributeValue.Of("not a number"))));

    [Fact]
    public void EnsureShape_PictureShape_IsReference() => Conformance.Check(
        5, 4, 3, (graph, x) => graph.Add("EnsureShape", [x], ("T", AttributeValue.Of(DataType.DtFloat)), ("shape", AttributeValue.Shape(-1, 5, 4, 3))));

    [Fact]
    public void IdentityN_SecondOutput_IsReference() => Conformance.Check(5, 4, 3, (graph, x) =>
        graph.Add("IdentityN", [graph.Apply("Neg", x), x], ("T", AttributeValue.Types(DataType.DtFloat, DataType.DtFloat))) + ":1");

    [Fact]
    public void Control_InputOfNode_IsReference() => Conformance.Check(5, 4, 3, (graph, x) =>
        graph.Add("Identity", [graph.Apply("Relu", x), "^" + graph.Add("NoOp", [])], ("T", AttributeValue.Of(DataType.DtFloat))));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void SwitchMerge_ConstantPredicate_IsReference(bool predicate) => Conformance.Check(5, 4, 3, (graph, x) =>
    {
        var branches = graph.Add("Switch", [x, graph.Scalar(predicate)], ("T", AttributeValue.Of(DataType.DtFloat)));
        return Merge(graph, graph.Apply("Neg", branches), graph.Apply("Square", branches + ":1"));
    });

    /// <summary>tf.cond as it is written: the predicate through switches of its own and a LogicalNot.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void SwitchMerge_NegatedPredicateThroughIdentity_IsReference(bool predicate) => Conformance.Check(5, 4, 3, (graph, x) =>
    {
        var condition = graph.Add("LogicalNot", [graph.Add("Identity", [graph.Scalar(predicate)], ("T", AttributeValue.Of(DataType.DtBool)))]);
        var pivot = graph.Add("Switch", [condition, condition], ("T", AttributeValue.Of(DataType.DtBool)));
        graph.Add("Identity", [pivot + ":1"], ("T", AttributeValue.Of(DataType.DtBool)));
        var first = graph.Add("Switch", [x, condition], ("T", AttributeValue.Of(DataType.DtFloat)));
        var second = graph.Add("Switch", [graph.Random(3), condition], ("T", AttributeValue.Of(DataType.DtFloat)));
        return Merge(graph, first, graph.Apply("Mul", first + ":1", second + ":1"));
    });

    /// <summary>TensorFlow 1.0 to 1.12: floor(keep_prob + uniform) * x / keep_prob.</summary>
    [Fact]
    public void Dropout_KeepProbability_IsIdentity() => Conformance.Check(5, 4, 3, (graph, x) =>
    {
        var keep = graph.Scalar(0.6f);
        var random = graph.Apply("Add", graph.Apply("Mul", Uniform(graph, x), graph.Apply("Sub", graph.Scalar(1f), graph.Scalar(0f))), graph.Scalar(0f));
        var mask = graph.Apply("Floor", graph.Apply("Add", keep, random));
        return graph.Apply("Mul", graph.Apply("RealDiv", x, keep), mask);
    }, Same);

    /// <summary>TensorFlow 0.x: Div in place of RealDiv.</summary>
    [Fact]
    public void Dropout_KeepProbabilityOld_IsIdentity() => Conformance.Check(5, 4, 3, (graph, x) =>
    {
        var keep = graph.Scalar(0.5f);
        return graph.Apply("Mul", graph.Apply("Div", x, keep), graph.Apply("Floor", graph.Apply("Add", keep, Uniform(graph, x))));
    }, Same);

    /// <summary>TensorFlow 1.13 to 1.15: uniform >= rate, cast, times x / (1 - rate).</summary>
    [Fact]
    public void Dropout_Rate_IsIdentity() => Conformance.Check(5, 4, 3, (graph, x) =>
    {
        var rate = graph.Scalar(0.4f);
        var scale = graph.Apply("RealDiv", graph.Scalar(1f), graph.Apply("Sub", graph.Scalar(1f), rate));
        var mask = graph.Cast(graph.Apply("GreaterEqual", Uniform(graph, x), rate), DataType.DtBool, DataType.DtFloat);
        return graph.Apply("Mul", graph.Apply("Mul", x, scale), mask);
    }, Same);

    /// <summary>TensorFlow 2: the scale is a constant, and a selection takes the mask's place.</summary>
    [Theory]
    [InlineData("Mul")]
    [InlineData("SelectV2")]
    public void Dropout_ConstantScale_IsIdentity(string op) => Conformance.Check(5, 4, 3, (graph, x) =>
    {
        var scaled = graph.Apply("Mul", x, graph.Scalar(1 / 0.6f));
        var kept = graph.Apply("GreaterEqual", Uniform(graph, x), graph.Scalar(0.4f));
        return op == "SelectV2"
            ? graph.Apply("SelectV2", kept, scaled, graph.Scalar(0f))
            : graph.Apply("Mul", scaled, graph.Cast(kept, DataType.DtBool, DataType.DtFloat));
    }, Same);

    /// <summary>In front of the last dense layer, where tutorials have it.</summary>
    [Fact]
    public void Dropout_BetweenDenseLayers_IsIdentity() => Conformance.Check(
        2, 4, 3,
        (graph, x) => Dense(graph, x, features =>
        {
            var keep = graph.Scalar(0.5f);
            return graph.Apply("Mul", graph.Apply("RealDiv", features, keep), graph.Apply("Floor", graph.Apply("Add", keep, Uniform(graph, features))));
        }),
        (graph, x) => Dense(graph, x, features => features));

    [Theory]
    [InlineData(8, false, -1f, 0.7f)]
    [InlineData(8, true, -0.3f, 0.9f)]
    [InlineData(4, false, 0f, 0.8f)]
    public void FakeQuantWithMinMaxVars_Range_IsReference(int bits, bool narrow, float min, float max) => Conformance.Check(5, 4, 3, (graph, x) => graph.Add(
        "FakeQuantWithMinMaxVars", [x, graph.Scalar(min), graph.Scalar(max)], ("num_bits", AttributeValue.Of(bits)), ("narrow_range", AttributeValue.Of(narrow))));

    private static string Dense(TestGraph graph, string x, Func<string, string> dropout)
        => graph.MatMul(dropout(graph.Apply("Relu", graph.MatMul(graph.Reshape(x, -1, 24), graph.Random(24, 8)))), graph.Random(8, 3));

    private static string Same(TestGraph graph, string x) => x;

    private static string Merge(TestGraph graph, params string[] inputs)
        => graph.Add("Merge", inputs, ("T", AttributeValue.Of(DataType.DtFloat)), ("N", AttributeValue.Of(inputs.Length)));

    private static string Uniform(TestGraph graph, string x) => graph.Add(
        "RandomUniform",
        [graph.Shape(x)],
        ("dtype", AttributeValue.Of(DataType.DtFloat)),
        ("T", AttributeValue.Of(DataType.DtInt32)),
        ("seed", AttributeValue.Of(0)),
        ("seed2", AttributeValue.Of(0)));
}
