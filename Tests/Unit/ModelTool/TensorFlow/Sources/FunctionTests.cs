using ClassifierFunctions.ModelTool.TensorFlow;
using ClassifierFunctions.ModelTool.TensorFlow.Sources;
using static ClassifierFunctions.Tests.Unit.ModelTool.TensorFlow.Sources.SourceGraph;

namespace ClassifierFunctions.Tests.Unit.ModelTool.TensorFlow.Sources;

/// <summary>Calls of functions, and what is in their place.</summary>
public sealed class FunctionTests : SourceTestsBase
{
    [Theory]
    [InlineData("PartitionedCall")]
    [InlineData("StatefulPartitionedCall")]
    [InlineData("double")]
    public void Open_Call_IsTheFunctionsBodyUnderItsName(string op)
    {
        var graph = new SourceGraph().AddInput("x");
        graph.AddFunction("double", ["a:T"], [("sum:T", "add:z:0")], Node("Add", "add", ["a", "a"], ("T", Parameter("T"))));
        if (op == "double")
            graph.Add(op, "call", ["x"], ("T", Float));
        else
            graph.Add(op, "call", ["x"], ("f", Call("double", ("T", Float))), ("Tout", Types(DataType.DtFloat)));
        using var model = Open(graph.Add("Relu", "r", ["call:0"]));
        Assert.Equal(["x", "x"], Inputs(model, "call/add"));
        Assert.Equal(DataType.DtFloat, model.Nodes["call/add"].Attr["T"].Type);
        Assert.Equal(("Identity", DataType.DtFloat), (model.Nodes["call"].Op, model.Nodes["call"].Attr["T"].Type));
        Assert.Equal(["call/add"], Inputs(model, "call"));
        Assert.Equal(["call"], Inputs(model, "r"));
        Assert.Equal((3, 4), (model.NodeCount, model.Nodes.Count));
        model.Verify(model.Nodes.Keys);
    }

    [Fact]
    public void Open_NestedCallsTwice_HaveNamesOfTheirOwn()
    {
        var graph = new SourceGraph().AddInput("x");
        graph.AddFunction("inner", ["a"], [("b", "r:activations:0")], Node("Relu", "r", ["a"]));
        graph.AddFunction("outer", ["a"], [("b", "two:output:0")], Calling("one", "inner", "a"), Calling("two", "inner", "one:output:0"));
        using var model = Open(graph.Add(Calling("c", "outer", "x"), Calling("d", "outer", "c")));
        Assert.Equal(["x"], Inputs(model, "c/one/r"));
        Assert.Equal(["c/one"], Inputs(model, "c/two/r"));
        Assert.Equal(["c/two"], Inputs(model, "c"));
        Assert.Equal(["c"], Inputs(model, "d/one/r"));
    }

    [Fact]
    public void Open_SeveralOutputs_AreThoseOfTheirNames()
    {
        var graph = new SourceGraph().AddInput("x").Add(Floats("axis", []));
        graph.AddFunction(
            "f", ["a", "axis"], [("first", "split:output:2"), ("mean", "norm:batch_mean:0"), ("index", "top:indices:0"), ("same", "a")],
            Node("Split", "split", ["axis", "a"], ("num_split", Int(3))),
            Node("FusedBatchNorm", "norm", ["a", "a", "a", "a", "a"]),
            Node("TopKV2", "top", ["a", "axis"]),
            Node("Merge", "merge", ["norm:y:0", "norm:reserve_space_2:0"], ("N", Int(2))),
            Node("IdentityN", "all", ["split:output"], ("T", Types(DataType.DtFloat, DataType.DtFloat, DataType.DtFloat))),
            Node("Unknown", "unknown", ["merge:value_index:0"]),
            Node("Relu", "after", ["unknown:anything:0", "^unknown", "^a"]));
        using var model = Open(graph.Add("PartitionedCall", "call", ["x", "axis"], ("f", Call("f"))));
        Assert.Equal("IdentityN", model.Nodes["call"].Op);
        Assert.Equal(["call/split:2", "call/norm:1", "call/top:1", "x"], Inputs(model, "call"));
        Assert.Equal(["call/norm", "call/norm:4"], Inputs(model, "call/merge"));
        Assert.Equal(["call/split", "call/split:1", "call/split:2"], Inputs(model, "call/all"));
        Assert.Equal(["call/merge:1"], Inputs(model, "call/unknown"));
        Assert.Equal(["call/unknown", "^call/unknown", "^x"], Inputs(model, "call/after"));
    }

    [Fact]
    public void Open_OutputsOfListedOperation_AreThoseOfItsSignature()
    {
        var graph = new SourceGraph().AddOp("Mine", ["x"], ["first", "second"]).AddOp("Placeholder", [], ["output"]).AddInput("x");
        graph.AddFunction("f", ["a"], [("b", "mine:second:0")], Node("Mine", "mine", ["a"]));
        graph.Add("PartitionedCall", "call", ["x"], ("f", Call("f")));
        using var model = OpenMeta(graph);
        Assert.Equal(["call/mine:1"], Inputs(model, "call"));
    }

    [Fact]
    public void Open_ListArguments_TakeAsManyInputsAsTheCallSays()
    {
        var graph = new SourceGraph().AddInput("x").AddInput("y").AddInput("z");
        var body = Node("Pack", "all", ["many", "typed:0", "one"], ("N", Int(4)));
        var function = graph.AddFunction("f", ["many", "typed", "one"], [("b", "all:output:0")], body);
        (function.Signature.InputArg[0].NumberAttr, function.Signature.InputArg[1].TypeListAttr) = ("N", "Ts");
        graph.Add("PartitionedCall", "call", ["x", "y", "z", "x"], ("f", Call("f", ("N", Int(2)), ("Ts", Types(DataType.DtFloat)))));
        using var model = Open(graph);
        Assert.Equal(["x", "y", "z", "x"], Inputs(model, "call/all"));
    }

    [Fact]
    public void Open_AttributesOfAttributes_AreTheCalls()
    {
        var graph = new SourceGraph().AddInput("x");
        graph.AddFunction("inner", ["a"], [("b", "r:y:0")], Node("Cast", "r", ["a"], ("DstT", Parameter("To"))));
        var outer = graph.AddFunction(
            "outer", ["a"], [("b", "c:output:0")],
            Node(
                "PartitionedCall", "c", ["a"],
                ("f", Call("inner", ("To", Parameter("U")))), ("Tout", Types(DataType.DtHalf)), ("n", Parameter("count"))));
        outer.Signature.Attr.Add(new OpDef.Types.AttrDef { Name = "count", Type = "int", DefaultValue = Int(7) });
        using var model = Open(graph.Add("PartitionedCall", "call", ["x"], ("f", Call("outer", ("U", Type(DataType.DtHalf))))));
        Assert.Equal(DataType.DtHalf, model.Nodes["call/c/r"].Attr["DstT"].Type);
    }

    [Fact]
    public void Open_ControlOutputs_AreWaitedFor()
    {
        var graph = new SourceGraph().AddInput("x").Add("NoOp", "before", []);
        var function = graph.AddFunction("f", ["a"], [], Node("Assert", "check", ["a"]), Node("NoOp", "start", []));
        function.ControlRet["check"] = "check";
        using var model = Open(graph.Add("PartitionedCall", "call", ["x", "^before"], ("f", Call("f"))));
        Assert.Equal("NoOp", model.Nodes["call"].Op);
        Assert.Equal(["^before", "^call/check"], Inputs(model, "call"));
        Assert.Equal(["^before"], Inputs(model, "call/start"));
    }

    /// <summary>TensorFlow's cond puts nodes beside the call under its name.</summary>
    [Fact]
    public void Open_NamesBelowTheCallTaken_AreOthers()
    {
        var graph = new SourceGraph().AddInput("x").Add("Identity", "call/r", ["call"]).Add("Identity", "call_1/r", ["x"]);
        graph.AddFunction("f", ["a"], [("b", "r:y:0")], Node("Relu", "r", ["a"]));
        using var model = Open(graph.Add("PartitionedCall", "call", ["x"], ("f", Call("f"))));
        Assert.Equal(5, model.Nodes.Count);
        Assert.Equal(["call_2/r"], Inputs(model, "call"));
    }

    [Fact]
    public void Open_FunctionThatCallsItself_Fails()
    {
        var graph = new SourceGraph().AddInput("x");
        graph.AddFunction("f", ["a"], [("b", "c:y:0")], Calling("c", "g", "a"));
        graph.AddFunction("g", ["a"], [("b", "c:y:0")], Calling("c", "f", "a"));
        FailsToOpen(graph.Add(Calling("call", "f", "x")).WriteGraph(In("graph.pb")), "graph.pb", "function f calls itself");
    }

    /// <summary>Each of twenty functions calls the next one ten times.</summary>
    [Fact]
    public void Open_TooManyNodes_Fails()
    {
        var graph = new SourceGraph().AddInput("x");
        for (var level = 0; level < 20; level++)
            graph.AddFunction($"f{level}", ["a"], [("b", "a")], [.. Enumerable.Range(0, 10).Select(i => Calling($"c{i}", $"f{level + 1}", "a"))]);
        graph.AddFunction("f20", ["a"], [("b", "a")]);
        FailsToOpen(graph.Add(Calling("call", "f0", "x")).WriteGraph(In("graph.pb")), "graph.pb", "more than");
    }

    [Fact]
    public void Open_TooManyLevels_Fails()
    {
        var graph = new SourceGraph().AddInput("x");
        for (var level = 0; level < 3000; level++)
            graph.AddFunction($"f{level}", ["a"], [("b", "a")], Calling("c", $"f{level + 1}", "a"));
        graph.AddFunction("f3000", ["a"], [("b", "a")]);
        FailsToOpen(graph.Add(Calling("call", "f0", "x")).WriteGraph(In("graph.pb")), "graph.pb", "levels");
    }

    [Theory]
    [InlineData("no", new[] { "x" }, "add:z:0", "calls function no, which is not there")]
    [InlineData("f", new string[0], "add:z:0", "too few inputs")]
    [InlineData("f", new[] { "x", "x" }, "add:z:0", "called with 2")]
    [InlineData("f", new[] { "x" }, "no:z:0", "no:z:0")]
    [InlineData("f", new[] { "x" }, "add", "add of")]
    [InlineData("f", new[] { "x" }, "switch:output_true:1", "switch:output_true:1")]
    [InlineData("f", new[] { "x" }, "switch:no:0", "switch:no:0")]
    [InlineData("f", new[] { "x" }, "a:1", "a:1")]
    [InlineData("f", new[] { "x" }, "add:z:0:0", "add:z:0:0")]
    [InlineData("f", new[] { "x" }, "add:z:-1", "add:z:-1")]
    [InlineData("f", new[] { "x" }, "^no", "^no")]
    public void Open_CallThatDoesNotFit_Fails(string called, string[] inputs, string returned, string part)
    {
        var graph = new SourceGraph().AddInput("x");
        graph.AddFunction("f", ["a"], [("b", returned)], Node("Add", "add", ["a", "a"]), Node("Switch", "switch", ["a", "a"]));
        FailsToOpen(graph.Add(Calling("call", called, inputs)).WriteGraph(In("graph.pb")), "graph.pb", part);
    }

    [Fact]
    public void Open_DamagedFunction_Fails()
    {
        Check(graph => graph.AddFunction("f", ["a"], [("b", "a")]), "name f of another");
        Check(graph => graph.AddFunction("", ["a"], [("b", "a")]), "no name");
        Check(graph => graph.Meta.GraphDef.Library.Function[0].Ret.Clear(), "output b");
        Check(graph => graph.Meta.GraphDef.Library.Function[0].NodeDef.Add(Node("Relu", "r", ["a"])), "node r (Relu)");
        Check(graph => graph.Meta.GraphDef.Library.Function[0].NodeDef[0].Attr["T"] = Parameter("T"), "$T");
        Check(graph => graph.Meta.GraphDef.Library.Function[0].ControlRet["c"] = "no", "returns no");

        void Check(Action<SourceGraph> damage, string part)
        {
            var graph = new SourceGraph().AddInput("x");
            graph.AddFunction("f", ["a"], [("b", "r:y:0")], Node("Relu", "r", ["a"]));
            damage(graph);
            FailsToOpen(graph.Add(Calling("call", "f", "x")).WriteGraph(In("graph.pb")), "graph.pb", part);
        }
    }

    private static NodeDef Calling(string name, string function, params string[] inputs)
        => Node("PartitionedCall", name, inputs, ("f", Call(function)), ("Tout", Types(DataType.DtFloat)));
}
