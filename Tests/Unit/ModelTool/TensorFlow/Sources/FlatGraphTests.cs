using ClassifierFunctions.ModelTool.TensorFlow;
using static ClassifierFunctions.Tests.Unit.ModelTool.TensorFlow.Sources.SourceGraph;

namespace ClassifierFunctions.Tests.Unit.ModelTool.TensorFlow.Sources;

/// <summary>Nodes, and what may be wrong with their names and inputs.</summary>
public sealed class FlatGraphTests : SourceTestsBase
{
    [Fact]
    public void Open_InputsInAllForms_HaveOne()
    {
        using var model = Open(new SourceGraph().AddInput("x").Add("Switch", "s", ["x:0", "x"]).Add("Merge", "m", ["s:1", "s:00", "^x"]));
        Assert.Equal(["x", "x"], Inputs(model, "s"));
        Assert.Equal(["s:1", "s", "^x"], Inputs(model, "m"));
        Assert.Equal((3, 3), (model.NodeCount, model.Nodes.Count));
    }

    [Fact]
    public void Open_Loop_IsNoCycle()
    {
        var graph = new SourceGraph().AddInput("x").Add("Enter", "e", ["x"]).Add("Merge", "m", ["e", "n"]);
        graph.Add("Identity", "i", ["m"]).Add("NextIteration", "n", ["i"]);
        using var model = Open(graph);
        Assert.Equal(5, model.Nodes.Count);
    }

    [Fact]
    public void Open_Cycle_FailsAndNamesANodeOnIt()
    {
        var graph = new SourceGraph().AddInput("x").Add("Add", "a", ["x", "c"]).Add("Relu", "b", ["a"]).Add("Relu", "c", ["b"]);
        graph.Add("Relu", "after", ["c"]);
        var failure = Assert.Throws<ImportException>(() => Open(graph)).Message;
        Assert.Contains((string[])["node a (Add)", "node b (Relu)", "node c (Relu)"], part => failure.Contains(part, StringComparison.Ordinal));
    }

    [Fact]
    public void Open_NodeThatIsItsOwnInput_Fails() => FailsToOpen(Written(new SourceGraph().Add("Relu", "a", ["a"])), "graph.pb", "node a (Relu)");

    [Theory]
    [InlineData("Relu", "x", "two nodes x")]
    [InlineData("Relu", "", "has no name")]
    [InlineData("", "y", "has no op")]
    public void Open_NodeWithoutNameOfItsOwnOrOp_Fails(string op, string name, string part)
        => FailsToOpen(Written(new SourceGraph().AddInput("x").Add(op, name, ["x"])), "graph.pb", part);

    [Theory]
    [InlineData("no", "node r (Relu) has input no, which names no node")]
    [InlineData("^no", "node r (Relu) has input ^no, which names no node")]
    [InlineData("x:", "\"x:\"")]
    [InlineData("x:-1", "\"x:-1\"")]
    [InlineData("x:99999999999", "\"x:99999999999\"")]
    [InlineData(":0", "\":0\"")]
    [InlineData("", "input 0")]
    [InlineData("^", "\"^\"")]
    [InlineData("^x:1", "\"^x:1\"")]
    [InlineData("s:2", "wants output 2 of s (Switch), which has 2")]
    [InlineData("split:3", "wants output 3 of split (Split), which has 3")]
    public void Open_InputThatIsNone_Fails(string input, string part)
    {
        var graph = new SourceGraph().AddInput("x").Add("Switch", "s", ["x", "x"]).Add("Split", "split", ["x", "x"], ("num_split", Int(3)));
        FailsToOpen(Written(graph.Add("Relu", "r", [input])), "graph.pb", part);
    }

    [Fact]
    public void Open_DataAfterControl_Fails()
        => FailsToOpen(Written(new SourceGraph().AddInput("x").Add("Add", "a", ["x", "^x", "x"])), "node a (Add)", "after control inputs");

    [Fact]
    public void Open_OutputThatTheListedSignatureLacks_Fails()
    {
        var graph = new SourceGraph().AddOp("Placeholder", [], ["output"]).AddOp("Relu", ["x"], ["y"]);
        graph.AddInput("x").Add("Relu", "r", ["x:1"]).WriteMeta(Prefix);
        WriteCheckpoint(Prefix);
        FailsToOpen(Prefix, "wants output 1 of x (Placeholder), which has 1");
    }

    /// <summary>Nothing may go down a level of the stack for each node.</summary>
    [Fact]
    public void Open_LongChain_Opens()
    {
        const int Length = 30_000;
        var graph = new SourceGraph().Add("Placeholder", "n0", []);
        for (var i = 1; i < Length; i++)
            graph.Add("Identity", $"n{i}", [$"n{i - 1}"]);
        using var model = Open(graph);
        model.Verify(model.Nodes.Keys);
        Assert.Equal(Length, model.Nodes.Count);
    }

    private string Written(SourceGraph graph) => graph.WriteGraph(In("graph.pb"));
}
