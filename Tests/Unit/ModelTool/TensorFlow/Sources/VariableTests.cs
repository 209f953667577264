using ClassifierFunctions.ModelTool.TensorFlow;
using ClassifierFunctions.ModelTool.TensorFlow.Sources;
using ClassifierFunctions.Tests.Support.TensorFlow;
using Google.Protobuf;
using SerializedTensor = ClassifierFunctions.ModelTool.TensorFlow.TrackableObjectGraph.Types.TrackableObject.Types.SerializedTensor;
using TrackableObject = ClassifierFunctions.ModelTool.TensorFlow.TrackableObjectGraph.Types.TrackableObject;
using static ClassifierFunctions.Tests.Unit.ModelTool.TensorFlow.Sources.SourceGraph;

namespace ClassifierFunctions.Tests.Unit.ModelTool.TensorFlow.Sources;

/// <summary>Which tensor of a checkpoint is which variable of the graph.</summary>
public sealed class VariableTests : SourceTestsBase
{
    [Fact]
    public void ReadVariable_WithoutSaver_IsTheTensorOfTheNodesName()
        => Check(new SourceGraph().AddVariable("w", 2), writer => writer.Add("w", [2], [1, 2]), "w", 1, 2);

    /// <summary>As tf.train.ExponentialMovingAverage.variables_to_restore makes it.</summary>
    [Fact]
    public void ReadVariable_SavedUnderAnotherName_IsWhatTheSaverRestores()
        => Check(
            new SourceGraph().AddVariable("w", 2).AddSaver(("w", "w/ExponentialMovingAverage", "")),
            writer =>
            {
                writer.Add("w", [2], [1, 2]);
                writer.Add("w/ExponentialMovingAverage", [2], [3, 4]);
            },
            "w", 3, 4);

    [Fact]
    public void ReadVariable_NamesExchanged_IsWhatTheSaverRestores()
        => Check(
            new SourceGraph().AddVariable("a", 1).AddVariable("b", 1).AddSaver(("a", "b", ""), ("b", "a", "")),
            writer =>
            {
                writer.Add("a", [1], [1]);
                writer.Add("b", [1], [2]);
            },
            "a", 2);

    /// <summary>The other saver is one of many that a script made; saver_def says which wrote the files.</summary>
    [Fact]
    public void ReadVariable_TwoSavers_IsWhatTheNamedOneRestores()
    {
        var graph = new SourceGraph().AddVariable("w", 1).AddSaver(("w", "named", ""));
        graph.Add(Texts("save_1/names", "other"), Texts("save_1/slices", ""));
        graph.Add("RestoreV2", "save_1/RestoreV2", ["save/Const", "save_1/names", "save_1/slices"], ("dtypes", Types(DataType.DtFloat)));
        graph.Add("Assign", "save_1/Assign", ["w", "save_1/RestoreV2"], ("T", Float));
        Check(graph, Write, "w", 1);
        graph.Meta.SaverDef = null;
        using var writer = new TensorBundleWriter(Prefix);
        graph.WriteMeta(Prefix);
        Write(writer);
        writer.Finish();
        FailsToOpen(Prefix, Prefix, "variable w is restored twice", "named", "other");

        static void Write(TensorBundleWriter writer)
        {
            writer.Add("named", [1], [1]);
            writer.Add("other", [1], [2]);
        }
    }

    [Fact]
    public void ReadVariable_ShardedAndThroughIdentityAndReshape_IsWhatIsRestored()
    {
        var graph = new SourceGraph().AddVariable("w", 2, 1).AddSaver(("w", "stored", ""));
        graph.Add(Integers("save/shape", 2, 1)).Add("Identity", "save/Identity", ["save/RestoreV2"]);
        graph.Add("Reshape", "save/Reshape", ["save/Identity", "save/shape"]);
        graph.Meta.GraphDef.Node.Single(node => node.Name == "save/Assign_0").Input[1] = "save/Reshape";
        graph.Meta.GraphDef.Node.Single(node => node.Name == "save/restore_all").Name = "save/restore_shard";
        graph.Add("NoOp", "save/restore_all", ["^save/restore_shard"]);
        Check(graph, writer => writer.Add("stored", [2], [5, 6]), "w", 5, 6);
    }

    [Fact]
    public void ReadVariable_Partitioned_IsTheNodesSlice()
    {
        var graph = new SourceGraph().AddVariable("w/part_0", 1, 3).AddVariable("w/part_1", 1, 3);
        graph.AddSaver(("w/part_0", "w", "2 3 0,1:0,3"), ("w/part_1", "w", "2 3 1,1:-"));
        float[] numbers = [1, 2, 3, 4, 5, 6];
        var bytes = TensorBundleWriter.Bytes(numbers);
        Check(
            graph,
            writer =>
            {
                foreach (var row in (long[])[0, 1])
                    writer.AddSlice("w", DataType.DtFloat, [2, 3], [(row, 1), (0, 3)], TensorBundleWriter.Cut(bytes, [2, 3], [(row, 1), (0, 3)]));
            },
            "w/part_1", 4, 5, 6);
    }

    [Theory]
    [InlineData("")]
    [InlineData("kernel")]
    public void ReadVariable_Resource_IsTheTensorOfItsSharedNameOrItsOwn(string shared)
    {
        var graph = new SourceGraph().Add("VarHandleOp", "layer/kernel", [], ("dtype", Float), ("shape", Shape(2)), ("shared_name", Text(shared)));
        Check(graph, writer => writer.Add(shared.Length > 0 ? shared : "layer/kernel", [2], [1, 2]), "layer/kernel", 1, 2);
    }

    [Fact]
    public void ReadVariable_TwoHandlesOfOneResource_AreOneVariable()
    {
        var graph = new SourceGraph().AddSaver(("first", "stored", ""));
        foreach (var name in (string[])["first", "second"])
            graph.Add("VarHandleOp", name, [], ("dtype", Float), ("shape", Shape(1)), ("shared_name", Text("kernel")));
        graph.Meta.GraphDef.Node.Single(node => node.Op == "Assign").Op = "AssignVariableOp";
        Check(graph, writer => writer.Add("stored", [1], [7]), "second", 7);
    }

    [Fact]
    public void ReadVariable_NameOnlyInObjectGraph_IsTheTensorOfItsKey()
    {
        const string Key = "layer-1/kernel/.ATTRIBUTES/VARIABLE_VALUE";
        var kernel = new TrackableObject { Attributes = { new SerializedTensor { FullName = "conv/kernel", CheckpointKey = Key } } };
        var objects = new TrackableObjectGraph { Nodes = { kernel } };
        Check(
            new SourceGraph().AddVariable("conv/kernel", 1),
            writer =>
            {
                writer.Add("_CHECKPOINTABLE_OBJECT_GRAPH", [], [objects.ToByteArray()]);
                writer.Add(Key, [1], [8]);
            },
            "conv/kernel", 8);
    }

    [Fact]
    public void Variable_NotInTheCheckpoint_IsNullAndReadingSaysWhatIsThere()
    {
        using var model = OpenMeta(new SourceGraph().AddVariable("w", 2), writer => writer.Add("other", [2], [1, 2]));
        Assert.Null(model.Variable(model.Nodes["w"]));
        Fails(() => model.ReadVariable(model.Nodes["w"]), "variable w", Prefix, "other, step");
    }

    [Fact]
    public void Variable_NameThatIsRestoredIntoAnother_IsNull()
    {
        var graph = new SourceGraph().AddVariable("a", 1).AddVariable("b", 1).AddSaver(("a", "b", ""));
        using var model = OpenMeta(graph, writer => writer.Add("b", [1], [1]));
        Assert.Null(model.Variable(model.Nodes["b"]));
    }

    [Fact]
    public void Variable_RestoredFromWhatIsNotThere_Fails()
    {
        using var model = OpenMeta(new SourceGraph().AddVariable("w", 2).AddSaver(("w", "gone", "")), writer => writer.Add("w", [2], [1, 2]));
        Fails(() => model.Variable(model.Nodes["w"]), Prefix + ".index", "no tensor gone", "variable w");
    }

    [Theory]
    [InlineData(new long[] { 2, 1 })]
    [InlineData(new long[] { 3 })]
    public void Variable_OfAnotherShape_FailsWithBoth(long[] stored)
    {
        var numbers = new float[stored.Aggregate(1L, (a, b) => a * b)];
        using var model = OpenMeta(new SourceGraph().AddVariable("w", 2), writer => writer.Add("w", stored, numbers));
        Fails(() => model.Variable(model.Nodes["w"]), "w", "[2]", $"[{string.Join(',', stored)}]", Prefix);
    }

    [Fact]
    public void Variable_SliceOfAnotherWhole_Fails()
    {
        using var model = OpenMeta(new SourceGraph().AddVariable("w", 1).AddSaver(("w", "w", "2 0,1")), writer => writer.Add("w", [3], [1, 2, 3]));
        Fails(() => model.Variable(model.Nodes["w"]), "w", "[2]", "[3]");
    }

    [Fact]
    public void Variable_OfUnknownShape_HasTheCheckpoints()
    {
        var unknown = new AttrValue { Shape = new() { UnknownRank = true } };
        var graph = new SourceGraph().Add("VariableV2", "w", [], ("dtype", Float), ("shape", unknown));
        using var model = OpenMeta(graph, writer => writer.Add("w", [2], [1, 2]));
        Assert.Equal([2], model.Variable(model.Nodes["w"])!.Dims);
    }

    [Fact]
    public void Variable_OfAnotherType_Fails()
    {
        using var model = OpenMeta(new SourceGraph().AddVariable("w", 1), writer => writer.Add("w", DataType.DtInt32, [1], [0, 0, 0, 0]));
        Fails(() => model.Variable(model.Nodes["w"]), "w", "DtFloat", "DtInt32");
    }

    [Theory]
    [InlineData("a", "a", "are both restored from a")]
    [InlineData("", "b", "does not say which tensor")]
    public void Open_SaverThatRestoresWrongly_Fails(string first, string second, string part)
    {
        new SourceGraph().AddVariable("a", 1).AddVariable("b", 1).AddSaver(("a", first, ""), ("b", second, "")).WriteMeta(Prefix);
        WriteCheckpoint(Prefix);
        FailsToOpen(Prefix, Prefix, part);
    }

    [Fact]
    public void Open_SaverWithoutItsOperation_Fails()
    {
        var graph = new SourceGraph().AddVariable("a", 1).AddSaver(("a", "a", ""));
        graph.Meta.SaverDef.RestoreOpName = "save/restore_al";
        graph.WriteMeta(Prefix);
        WriteCheckpoint(Prefix);
        FailsToOpen(Prefix, Prefix, "save/restore_al");
    }

    [Theory]
    [InlineData("2")]
    [InlineData("2 3")]
    [InlineData("2 0,1:0,1")]
    [InlineData("2 1,2")]
    [InlineData("2 0,-1")]
    [InlineData("2 a,1")]
    [InlineData("99999999999999999999 -")]
    public void Open_SliceThatIsNone_Fails(string slice)
    {
        new SourceGraph().AddVariable("w", 1).AddSaver(("w", "w", slice)).WriteMeta(Prefix);
        WriteCheckpoint(Prefix);
        FailsToOpen(Prefix, "save/RestoreV2", $"\"{slice}\"");
    }

    [Fact]
    public void ReadVariable_GraphWithoutCheckpoint_SaysThatItIsNotFrozen()
    {
        using var model = Open(new SourceGraph().AddVariable("w", 1));
        Assert.Null(model.Variable(model.Nodes["w"]));
        Fails(() => model.ReadVariable(model.Nodes["w"]), "graph.pb", "variable w", "not frozen");
    }

    private void Check(SourceGraph graph, Action<TensorBundleWriter> write, string variable, params float[] expected)
    {
        using var model = OpenMeta(graph, write);
        var tensor = model.ReadVariable(model.Nodes[variable]);
        Assert.Equal(expected, Numbers(tensor));
        Assert.Equal(model.Nodes[variable].Attr["shape"].Shape.Dim.Select(dim => dim.Size), tensor.Dims);
        Assert.Equal(tensor.Dims, model.Variable(model.Nodes[variable])!.Dims);
    }
}
