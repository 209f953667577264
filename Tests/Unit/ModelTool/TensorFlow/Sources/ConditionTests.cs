using ClassifierFunctions.ModelTool.TensorFlow;
using ClassifierFunctions.ModelTool.TensorFlow.Sources;
using static ClassifierFunctions.Tests.Unit.ModelTool.TensorFlow.Sources.SourceGraph;

namespace ClassifierFunctions.Tests.Unit.ModelTool.TensorFlow.Sources;

/// <summary>If, as the Switch and Merge that TensorFlow makes of it.</summary>
public sealed class ConditionTests : SourceTestsBase
{
    [Theory]
    [InlineData("If")]
    [InlineData("StatelessIf")]
    public void Open_If_IsSwitchAndMerge(string op)
    {
        using var model = Open(Graph().Add(
            op, "if", ["p", "x"], ("then_branch", Call("yes")), ("else_branch", Call("no")), ("Tcond", SourceGraph.Type(DataType.DtBool)),
            ("Tin", Types(DataType.DtFloat)), ("Tout", Types(DataType.DtFloat, DataType.DtFloat))));
        Assert.Equal(["x", "p"], Inputs(model, "if/input_0"));
        Assert.Equal("Switch", model.Nodes["if/input_0"].Op);
        // Of the then branch the true side, and what has no input waits for that side.
        Assert.Equal(["if/input_0:1"], Inputs(model, "if/then/relu"));
        Assert.Equal(["^if/pivot_t"], Inputs(model, "if/then/constant"));
        Assert.Equal(["^if/pivot_t"], Inputs(model, "if/then/call/deep"));
        Assert.Equal(["if/input_0"], Inputs(model, "if/else/neg"));
        Assert.Equal(["p", "p"], Inputs(model, "if/switch_pred"));
        Assert.Equal(["if/switch_pred:1"], Inputs(model, "if/pivot_t"));
        Assert.Equal(["if/switch_pred"], Inputs(model, "if/pivot_f"));
        Assert.Equal("Merge", model.Nodes["if/output_0"].Op);
        Assert.Equal(["if/else", "if/then"], Inputs(model, "if/output_0"));
        Assert.Equal(["if/else:1", "if/then:1"], Inputs(model, "if/output_1"));
        Assert.Equal(["if/output_0", "if/output_1", "^if/pivot_f", "^if/pivot_t"], Inputs(model, "if"));
        Assert.Equal(["if:1"], Inputs(model, "after"));
        model.Verify(model.Nodes.Keys);
    }

    [Fact]
    public void Open_IfOfANumber_IsMadeATruthValueFirst()
    {
        using var model = Open(Graph().Add(
            "If", "if", ["x", "x"], ("then_branch", Call("yes")), ("else_branch", Call("no")), ("Tcond", Float),
            ("Tin", Types(DataType.DtFloat)), ("Tout", Types(DataType.DtFloat, DataType.DtFloat))));
        Assert.Equal("ToBool", model.Nodes["if/to_bool"].Op);
        Assert.Equal(["x", "if/to_bool"], Inputs(model, "if/input_0"));
    }

    [Fact]
    public void Open_While_StaysAsItIs()
    {
        var types = Types(DataType.DtFloat, DataType.DtFloat);
        using var model = Open(Graph().Add("While", "if", ["x", "x"], ("cond", Call("no")), ("body", Call("yes")), ("T", types)));
        Assert.Equal("While", model.Nodes["if"].Op);
    }

    [Fact]
    public void Open_BranchesThatDoNotFit_Fails()
    {
        Check("node if (If) has branches with 2 and 1 outputs", graph => graph.Meta.GraphDef.Library.Function[2].Signature.OutputArg.RemoveAt(1));
        Check("no function for one of its branches", graph => graph.Meta.GraphDef.Node[^1].Attr.Remove("then_branch"));
        Check("types for 0", graph => graph.Meta.GraphDef.Node[^1].Attr.Remove("Tin"));

        void Check(string part, Action<SourceGraph> damage)
        {
            var graph = Graph();
            graph.Add("If", "if", ["p", "x"], ("then_branch", Call("yes")), ("else_branch", Call("no")), ("Tin", Types(DataType.DtFloat)));
            damage(graph);
            FailsToOpen(graph.WriteGraph(In("graph.pb")), "graph.pb", part);
        }
    }

    private static SourceGraph Graph()
    {
        var graph = new SourceGraph().AddInput("x").AddInput("p").Add("Relu", "after", ["if:1"]);
        graph.AddFunction("inner", [], [("b", "deep:output:0")], Floats("deep", [], 2));
        graph.AddFunction("no", ["a"], [("first", "neg:y:0"), ("second", "a")], Node("Neg", "neg", ["a"]));
        graph.AddFunction(
            "yes", ["a"], [("first", "relu:y:0"), ("second", "constant:output:0")],
            Node("Relu", "relu", ["a"]), Floats("constant", [], 1), Node("PartitionedCall", "call", [], ("f", Call("inner"))));
        return graph;
    }
}
