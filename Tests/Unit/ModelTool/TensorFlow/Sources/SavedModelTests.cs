using ClassifierFunctions.ModelTool.TensorFlow;
using ClassifierFunctions.ModelTool.TensorFlow.Sources;
using Google.Protobuf;
using static ClassifierFunctions.Tests.Unit.ModelTool.TensorFlow.Sources.SourceGraph;

namespace ClassifierFunctions.Tests.Unit.ModelTool.TensorFlow.Sources;

/// <summary>SavedModel folders, as TensorFlow 1 and 2 write them.</summary>
public sealed class SavedModelTests : SourceTestsBase
{
    [Fact]
    public void Open_Signatures_AreThoseOfTheFile()
    {
        var graph = new SourceGraph().AddInput("x").Add("Switch", "s", ["x", "x"]);
        graph.Meta.SignatureDef.Add("serving_default", Signature(("image", "x:0"), ("scores", "s:1"), ("other", "s:0")));
        graph.Meta.SignatureDef.Add("classify", Signature(("image", "x"), ("scores", "s:1")));
        graph.Meta.SignatureDef.Add("__saved_model_init_op", Signature(("", ""), ("__saved_model_init_op", "s")));
        graph.Meta.SignatureDef.Add("sparse", Signature(("image", "x"), ("scores", "")));
        using var model = TensorFlowModel.Open(graph.WriteSavedModel(In("saved"), "serve"));
        Assert.Equal((SourceKind.SavedModel, "1.15.0"), (model.Kind, model.TensorFlowVersion));
        Assert.Equal(["classify", "serving_default"], model.Signatures.Select(signature => signature.Name));
        Assert.Equal([("image", "x")], model.Signatures[1].Inputs.Select(pair => (pair.Key, pair.Value)));
        Assert.Equal([("other", "s"), ("scores", "s:1")], model.Signatures[1].Outputs.Select(pair => (pair.Key, pair.Value)));
    }

    [Fact]
    public void Open_SignatureOfNoNode_Fails()
    {
        var graph = new SourceGraph().AddInput("x");
        graph.Meta.SignatureDef.Add("serving_default", Signature(("image", "y:0"), ("scores", "x:0")));
        FailsToOpen(graph.WriteSavedModel(In("saved"), "serve"), "saved_model.pb", "serving_default", "y:0");
    }

    [Theory]
    [InlineData("serve|train,serve", 0)]
    [InlineData("train,serve|serve", 1)]
    [InlineData("train|serve,gpu|train,serve,gpu", 1)]
    [InlineData("train", 0)]
    [InlineData("", 0)]
    public void Open_GraphsWithTags_IsTheOneToServe(string tags, int expected)
    {
        using var model = TensorFlowModel.Open(Write(tags));
        Assert.Equal($"x{expected}", Assert.Single(model.Nodes).Key);
    }

    [Fact]
    public void Open_SeveralGraphsAndNoneToServe_ListsTheirTags()
        => FailsToOpen(Write("train|train,gpu"), "saved_model.pb", "train; train, gpu", "serve");

    [Fact]
    public void ReadVariable_FirstVersion_IsInTheFolderOfVariables()
    {
        var folder = new SourceGraph().AddVariable("w", 1).AddSaver(("w", "stored", "")).WriteSavedModel(In("saved"), "serve");
        WriteCheckpoint(Path.Combine(folder, "variables", "variables"), writer => writer.Add("stored", [1], [4]));
        using var model = TensorFlowModel.Open(folder);
        Assert.Equal([4], Numbers(model.ReadVariable(model.Nodes["w"])));
        Assert.Equal(["saved_model.pb", "variables.data-00000-of-00001", "variables.index"], model.Files.Select(Path.GetFileName));
        Assert.Equal(model.Files.Sum(file => new FileInfo(file).Length), model.Bytes);
    }

    /// <summary>Serving and restoring are calls of functions there, whose arguments are handles of the variables.</summary>
    [Fact]
    public void ReadVariable_SecondVersion_IsWhatTheRestoringFunctionAssigns()
    {
        const string Key = "layer/kernel/.ATTRIBUTES/VARIABLE_VALUE";
        var graph = new SourceGraph().Add("Placeholder", "serving_default_x", []).Add("Placeholder", "saver_filename", []);
        graph.Add("VarHandleOp", "dense/kernel", [], ("dtype", Float), ("shape", Shape(1)), ("shared_name", Text("dense/kernel")));
        graph.AddFunction(
            "model", ["x", "kernel"], [("y", "MatMul:product:0")],
            Node("ReadVariableOp", "MatMul/ReadVariableOp", ["kernel"], ("dtype", Float)),
            Node("MatMul", "MatMul", ["x", "MatMul/ReadVariableOp:value:0"]));
        var inner = Calling("StatefulPartitionedCall", "model", "x", "kernel");
        graph.AddFunction("wrapper", ["x", "kernel"], [("y", "StatefulPartitionedCall:output:0")], inner);
        var restore = graph.AddFunction(
            "restore", ["prefix", "kernel"], [("done", "Identity:output:0")],
            Texts("RestoreV2/tensor_names", Key, "_CHECKPOINTABLE_OBJECT_GRAPH"), Texts("RestoreV2/shape_and_slices", "", ""),
            Node(
                "RestoreV2", "RestoreV2", ["prefix", "RestoreV2/tensor_names:output:0", "RestoreV2/shape_and_slices:output:0"],
                ("dtypes", Types(DataType.DtFloat, DataType.DtString))),
            Node("Identity", "Identity_1", ["RestoreV2:tensors:0"]), Node("AssignVariableOp", "AssignVariableOp", ["kernel", "Identity_1:output:0"]),
            Node("Identity", "Identity", ["prefix", "^AssignVariableOp"]));
        restore.ControlRet["AssignVariableOp"] = "AssignVariableOp";
        graph.Add(
            Calling("StatefulPartitionedCall", "wrapper", "serving_default_x", "dense/kernel"),
            Calling("StatefulPartitionedCall_1", "restore", "saver_filename", "dense/kernel"));
        graph.Meta.SaverDef = new() { RestoreOpName = "StatefulPartitionedCall_1", FilenameTensorName = "saver_filename:0" };
        graph.Meta.SignatureDef.Add("serving_default", Signature(("x", "serving_default_x:0"), ("y", "StatefulPartitionedCall:0")));
        var folder = graph.WriteSavedModel(In("saved"), "serve");
        WriteCheckpoint(Path.Combine(folder, "variables", "variables"), writer => writer.Add(Key, [1], [5]));

        using var model = TensorFlowModel.Open(folder);
        const string Product = "StatefulPartitionedCall/StatefulPartitionedCall/MatMul";
        Assert.Equal(["serving_default_x", $"{Product}/ReadVariableOp"], Inputs(model, Product));
        Assert.Equal(["dense/kernel"], Inputs(model, $"{Product}/ReadVariableOp"));
        Assert.Equal("StatefulPartitionedCall", model.Signatures.Single().Outputs["y"]);
        Assert.Equal([5], Numbers(model.ReadVariable(model.Nodes["dense/kernel"])));
        model.Verify(model.Nodes.Keys);
    }

    private static NodeDef Calling(string name, string function, params string[] inputs)
        => Node("StatefulPartitionedCall", name, inputs, ("f", Call(function)), ("Tout", Types(DataType.DtFloat)));

    private static SignatureDef Signature((string Key, string Tensor) input, params (string Key, string Tensor)[] outputs)
        => new()
        {
            Inputs = { [input.Key] = new TensorInfo { Name = input.Tensor } },
            Outputs = { outputs.ToDictionary(output => output.Key, output => new TensorInfo { Name = output.Tensor }) },
        };

    private string Write(string tags)
    {
        var graphs = tags.Split('|').Select((list, index) =>
        {
            var meta = new SourceGraph().Add("Placeholder", $"x{index}", []).Meta;
            meta.MetaInfoDef.Tags.Add(list.Split(','));
            return meta;
        });
        File.WriteAllBytes(In("saved_model.pb"), new SavedModel { SavedModelSchemaVersion = 1, MetaGraphs = { graphs } }.ToByteArray());
        return Folder.Path;
    }
}
