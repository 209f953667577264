using ClassifierFunctions.ModelTool.TensorFlow;
using ClassifierFunctions.ModelTool.TensorFlow.Sources;
using ClassifierFunctions.Tests.Support;

namespace ClassifierFunctions.Tests.Unit.ModelTool.TensorFlow.Sources;

/// <summary>Models that TensorFlow wrote.</summary>
public sealed class RealSourceTests
{
    [Theory]
    [InlineData("dogs-cats-v3/dogs-cats-model-v3", "1.3.0", 2_826_392)]
    [InlineData("cifar10-cnn/model.ckpt", "1.15.0", 2_874_167)]
    [InlineData("lenet-keras/model_small", "1.12.0", 2_411_050)]
    public void Open_Checkpoint_HasEveryVariableAndNoDamage(string prefix, string version, long bytes)
    {
        using var model = TensorFlowModel.Open(TestData.Path("tf1", prefix));
        Assert.Equal((SourceKind.Checkpoint, version, bytes, 3), (model.Kind, model.TensorFlowVersion, model.Bytes, model.Files.Count));
        Assert.Equal(model.NodeCount, model.Nodes.Count);
        model.Verify(model.Nodes.Keys);
        var variables = model.Nodes.Values.Where(VariableMap.IsVariable).ToArray();
        Assert.NotEmpty(variables);
        Assert.All(variables, node =>
        {
            var entry = model.Variable(node);
            Assert.NotNull(entry);
            Assert.Equal(node.Attr["shape"].Shape.Dim.Select(dim => dim.Size), entry.Dims);
            Assert.Equal(entry.Dims, model.ReadVariable(node).Dims);
        });
    }

    [Theory]
    [InlineData("customvision-chairs")]
    [InlineData("lenet-keras-frozen")]
    public void Open_FrozenGraph_HasNoVariablesAndNoDamage(string name)
    {
        using var model = TensorFlowModel.Open(TestData.Path("tf1-frozen", name));
        Assert.Equal((SourceKind.FrozenGraph, null, 1), (model.Kind, model.TensorFlowVersion, model.Files.Count));
        model.Verify(model.Nodes.Keys);
        Assert.DoesNotContain(model.Nodes.Values, VariableMap.IsVariable);
        Assert.Empty(model.Signatures);
    }

    /// <summary>TensorFlow itself froze these variables.</summary>
    [Fact]
    public void ReadVariable_CheckpointThatIsThereFrozenToo_IsTheFrozenConstant()
    {
        using var checkpoint = TensorFlowModel.Open(TestData.Path("tf1", "lenet-keras", "model_small"));
        using var frozen = TensorFlowModel.Open(TestData.Path("tf1-frozen", "lenet-keras-frozen", "model.pb"));
        var variables = checkpoint.Nodes.Values.Where(VariableMap.IsVariable).Where(node => frozen.Nodes.ContainsKey(node.Name)).ToArray();
        Assert.Equal(10, variables.Length);
        Assert.All(variables, node =>
            Assert.Equal(frozen.Nodes[node.Name].Attr["value"].Tensor.TensorContent.ToByteArray(), checkpoint.ReadVariable(node).Bytes.ToArray()));
    }

    [Fact]
    public void OutputShape_Placeholder_IsThatOfTheFile()
    {
        using var checkpoint = TensorFlowModel.Open(TestData.Path("tf1", "dogs-cats-v3"));
        Assert.Equal([null, 128, 128, 3], checkpoint.OutputShape(checkpoint.Nodes["x"], 0));
        Assert.Null(checkpoint.OutputShape(checkpoint.Nodes["x"], 1));
        using var frozen = TensorFlowModel.Open(TestData.Path("tf1-frozen", "customvision-chairs"));
        Assert.Equal([null, 227, 227, 3], frozen.OutputShape(frozen.Nodes["Placeholder"], 0));
    }

    [Theory]
    [InlineData("tf1/dogs-cats-v3/dogs-cats-model-v3.meta")]
    [InlineData("tf1-frozen/customvision-chairs/model.pb")]
    public void Parse_InPieces_IsTheSameMessage(string file)
    {
        var path = TestData.Path(file);
        if (file.EndsWith(".meta", StringComparison.Ordinal))
            Assert.Equal(MetaGraphDef.Parser.ParseFrom(File.ReadAllBytes(path)), ProtobufFile.Parse(path, MetaGraphDef.Parser));
        else
            Assert.Equal(GraphDef.Parser.ParseFrom(File.ReadAllBytes(path)), ProtobufFile.Parse(path, GraphDef.Parser));
    }
}
