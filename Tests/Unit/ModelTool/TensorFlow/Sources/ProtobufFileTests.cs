using System.Security.Cryptography;
using ClassifierFunctions.ModelTool.TensorFlow;
using ClassifierFunctions.ModelTool.TensorFlow.Sources;
using Google.Protobuf;
using static ClassifierFunctions.Tests.Unit.ModelTool.TensorFlow.Sources.SourceGraph;

namespace ClassifierFunctions.Tests.Unit.ModelTool.TensorFlow.Sources;

/// <summary>Files that are no graph, and large ones.</summary>
public sealed class ProtobufFileTests : SourceTestsBase
{
    [Theory]
    [InlineData("graph.pb", "empty")]
    [InlineData("saved_model.pb", "empty")]
    [InlineData("model.ckpt.meta", "empty")]
    public void Open_EmptyFile_Says(string name, string part)
    {
        WriteCheckpoint(Prefix);
        File.WriteAllBytes(In(name), []);
        FailsToOpen(In(name), In(name), part);
    }

    [Theory]
    [InlineData("graph.pb")]
    [InlineData("saved_model.pb")]
    [InlineData("model.ckpt.meta")]
    public void Open_Noise_Fails(string name)
    {
        WriteCheckpoint(Prefix);
        File.WriteAllBytes(In(name), [.. Enumerable.Range(0, 100).SelectMany(i => SHA256.HashData([(byte)i]))]);
        FailsToOpen(In(name), In(name));
    }

    [Fact]
    public void Open_CutOffAnywhere_Fails()
    {
        var path = new SourceGraph().Add("Placeholder", "x", [], ("dtype", Float)).Add("Relu", "r", ["x"]).WriteGraph(In("graph.pb"));
        var whole = File.ReadAllBytes(path);
        var firstNode = 2 + whole[1];
        for (var length = 0; length < whole.Length; length++)
        {
            // A graph that ends between nodes is a graph.
            if (length == firstNode || length == firstNode + 2 + whole[firstNode + 1])
                continue;
            File.WriteAllBytes(path, whole[..length]);
            FailsToOpen(path, path);
        }
    }

    [Fact]
    public void Open_FileOver2Gb_SaysSo()
    {
        using (var file = File.Create(In("graph.pb")))
            file.SetLength((2L << 30) + 1);
        FailsToOpen(In("graph.pb"), In("graph.pb"), "2147483649 bytes", "2 GB");
    }

    /// <summary>A function value within a function value, and so on: the parser has a limit, and the stack is not used up.</summary>
    [Fact]
    public void Open_DeeplyNestedAttribute_Fails()
    {
        // Written from the inside: writing it as a message would need the stack too.
        var bytes = new AttrValue { I = 1 }.ToByteArray();
        for (var depth = 0; depth < 5000; depth++)
            bytes = Field(10, Field(2, [.. Field(1, [(byte)'a']), .. Field(2, bytes)]));
        var node = new NodeDef { Name = "x", Op = "Placeholder" }.ToByteArray();
        File.WriteAllBytes(In("graph.pb"), Field(1, [.. node, .. Field(5, [.. Field(1, [(byte)'f']), .. Field(2, bytes)])]));
        FailsToOpen(In("graph.pb"), In("graph.pb"), "nest");
    }

    [Fact]
    public void Open_FileThatCannotBeRead_Says()
    {
        new SourceGraph().AddInput("x").WriteGraph(In("graph.pb"));
        using var locked = new FileStream(In("graph.pb"), FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        FailsToOpen(In("graph.pb"), In("graph.pb"), "cannot be read");
    }

    /// <summary>Tells graphs by what they are: people rename files.</summary>
    [Fact]
    public void Open_GraphOfAnyMessage_IsTold()
    {
        var graph = new SourceGraph().AddInput("x");
        File.WriteAllBytes(In("meta.pb"), graph.Meta.ToByteArray());
        graph.WriteGraph(In("graph.bytes"));
        File.Move(Path.Combine(graph.WriteSavedModel(In("saved"), "serve"), "saved_model.pb"), In("saved", "renamed.pb"));
        Check(In("meta.pb"), SourceKind.FrozenGraph);
        Check(In("graph.bytes"), SourceKind.FrozenGraph);
        Check(In("saved", "renamed.pb"), SourceKind.SavedModel);

        static void Check(string path, SourceKind kind)
        {
            using var model = TensorFlowModel.Open(path);
            Assert.Equal((kind, "x"), (model.Kind, Assert.Single(model.Nodes).Key));
        }
    }

    /// <summary>A tensor of 96 MB is in memory once, however large the file is beside it.</summary>
    [Fact]
    public void Open_LargeConstant_TakesItsMemoryOnce()
    {
        const int Bytes = 96 << 20;
        var content = ByteString.CopyFrom(new byte[Bytes]);
        var constant = Constant("c", new() { Dtype = DataType.DtFloat, TensorShape = ShapeOf(Bytes / 4), TensorContent = content });
        var path = new SourceGraph().Add(constant).WriteGraph(In("graph.pb"));
        var before = GC.GetAllocatedBytesForCurrentThread();
        using var model = TensorFlowModel.Open(path);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, Bytes, Bytes + (4 << 20));
        model.Verify(["c"]);
        Assert.Equal(Bytes, model.Nodes["c"].Attr["value"].Tensor.TensorContent.Length);
    }

    private static byte[] Field(int number, byte[] content)
    {
        using var stream = new MemoryStream();
        using var output = new CodedOutputStream(stream);
        output.WriteTag(number, WireFormat.WireType.LengthDelimited);
        output.WriteBytes(ByteString.CopyFrom(content));
        output.Flush();
        return stream.ToArray();
    }
}
