using ClassifierFunctions.Models.Onnx;
using ClassifierFunctions.Tests.Support;

namespace ClassifierFunctions.Tests.Unit.Models.Onnx;

public sealed class OnnxGraphBuilderTests : IDisposable
{
    private static readonly float[] Two = [1, 2];

    private readonly TemporaryFolder _folder = new();
    private readonly OnnxGraphBuilder _graph = new("graph", "Tests");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Input_NameTaken_Throws()
    {
        _graph.Scalar("x", 1f);

        AssertFails("There is a value x already.", () => _graph.Input("x", OnnxElement.Float32, 1));
    }

    [Fact]
    public void Input_NegativeDimension_Throws()
        => Assert.Throws<ArgumentOutOfRangeException>(() => _graph.Input("x", OnnxElement.Float32, -1, 3));

    [Fact]
    public void Weights_NameTaken_Throws()
    {
        _graph.Input("x", OnnxElement.Float32, 1);

        AssertFails("There is a value x already.", () => _graph.Scalar("x", 1));
    }

    [Theory]
    [InlineData(5, new long[] { 2, 3 })]
    [InlineData(6, new long[] { 2, 2 })]
    [InlineData(2, new long[0])]
    [InlineData(0, new long[0])]
    [InlineData(1, new long[] { 0 })]
    [InlineData(6, new long[] { -2, -3 })]
    [InlineData(4, new[] { 1L << 62, 1L << 3 })]
    [InlineData(0, new[] { 1L << 32, 1L << 32 })]
    public void Weights_DimensionsOfOtherCount_Throws(int count, long[] dims)
    {
        var message = $"Weights w: dimensions [{string.Join(", ", dims)}] do not fit {count} numbers of ";

        AssertFails(message, () => _graph.Weights("w", new float[count], dims));
        AssertFails(message, () => _graph.Weights("w", new long[count].AsSpan(), dims));
        AssertFails(message, () => _graph.Weights("w", new byte[2 * count], OnnxElement.Float16, dims));
        Assert.Equal("w", _graph.Scalar("w", 1f).Name);
    }

    [Fact]
    public void Attribute_TensorOfOtherCount_Throws()
        => AssertFails("Attribute value: dimensions [3]", () => _graph.Node("Constant", [], ("value", OnnxTensor.Of([1L, 2], 3))));

    [Fact]
    public void Node_InputOfNoGraph_Throws()
        => AssertFails("Node /Relu_0: its input \"later\" does not exist yet.", () => _graph.Node("Relu", [new OnnxValue("later")]));

    [Fact]
    public void Node_NameTaken_Throws()
    {
        var x = _graph.Input("x", OnnxElement.Float32, 2);
        _graph.Node(new OnnxOperator("Split", "parts"), [x], outputs: 2);

        AssertFails("There is a node parts already.", () => _graph.Node(new("Relu", "parts"), [x]));
        AssertFails("There is a value x already.", () => _graph.Node(new("Relu", "x"), [x]));
    }

    [Fact]
    public void Node_AttributeTwice_Throws()
        => AssertFails("Node c: attribute axis is given twice.", () => _graph.Node(new("Concat", "c"), [], ("axis", 1L), ("axis", 2L)));

    [Fact]
    public void Node_NoOutputs_Throws()
        => Assert.Throws<ArgumentOutOfRangeException>(() => _graph.Node("Relu", [], outputs: 0));

    [Fact]
    public void Node_DomainNotImported_Throws()
        => AssertFails("Node g: import domain com.microsoft first.", () => _graph.Node(new("Gelu", "g", "com.microsoft"), []));

    [Fact]
    public void Node_Unnamed_GetsNamesInOrder()
    {
        var x = _graph.Input("x", OnnxElement.Float32, 2);

        Assert.Equal(
            ["/Relu_0", "/Relu_1", "/Abs_0"],
            [_graph.Node("Relu", [x]).Name, _graph.Node("Relu", [x]).Name, _graph.Node("Abs", [x]).Name]);
    }

    [Fact]
    public void Output_NotMadeByANode_Throws()
    {
        var x = _graph.Input("x", OnnxElement.Float32, 2);

        AssertFails("No node makes output \"x\".", () => _graph.Output(x, OnnxElement.Float32, 2));
        AssertFails("No node makes output \"y\".", () => _graph.Output(new OnnxValue("y"), OnnxElement.Float32, 2));
        AssertFails("No node makes output \"\".", () => _graph.Output(default, OnnxElement.Float32, 2));
    }

    [Fact]
    public void Output_Twice_Throws()
    {
        var y = Constant("y");
        _graph.Output(y, OnnxElement.Int64);

        AssertFails("y is an output already.", () => _graph.Output(y, OnnxElement.Int64));
    }

    [Fact]
    public void Metadata_KeyTwice_Throws()
    {
        _graph.Metadata("key", "a");

        AssertFails("Metadata key is set already.", () => _graph.Metadata("key", "b"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("com.microsoft")]
    public void Import_Twice_Throws(string domain)
    {
        _graph.Import("com.microsoft", 1);

        AssertFails($"Domain \"{domain}\" is imported already.", () => _graph.Import(domain, 1));
    }

    [Fact]
    public void Write_NoOutput_Throws()
    {
        Constant("y");

        Assert.Equal("Graph graph has no output.", Assert.Throws<InvalidOperationException>(() => _graph.Write(Stream.Null)).Message);
    }

    // In the last, the weights alone would fit to the byte; their names do not.
    [Theory]
    [InlineData(1 << 30, 2)]
    [InlineData(1 << 30, 5)]
    [InlineData(int.MaxValue, 1)]
    public void Write_BeyondProtobuf_ThrowsBeforeWriting(int bytes, int tensors)
    {
        _graph.Output(Constant("y"), OnnxElement.Int64);
        for (var tensor = 0; tensor < tensors; tensor++)
            _graph.Weights($"w{tensor}", UnreadableMemory.Of(bytes), OnnxElement.UInt8, bytes);
        using var stream = new MemoryStream();

        var error = Assert.Throws<InvalidOperationException>(() => _graph.Write(stream));

        Assert.StartsWith($"Graph graph has {(long)bytes * tensors} bytes of weights", error.Message, StringComparison.Ordinal);
        Assert.Equal(0, stream.Length);
    }

    [Fact]
    public void Write_Twice_MakesTheSameBytesAsTheSameGraph()
    {
        var (first, second) = (Sample(), Sample());

        Assert.Equal(Bytes(first), Bytes(second));
        Assert.Equal(Bytes(first), Bytes(first));
    }

    [Fact]
    public void Write_LargeWeights_AreNotCopied()
    {
        var floats = new float[1 << 24];
        var bytes = new byte[1 << 26];
        var before = GC.GetAllocatedBytesForCurrentThread();

        _graph.Weights("floats", floats, floats.Length);
        _graph.Weights("bytes", bytes, OnnxElement.Float16, bytes.Length / 2);
        _graph.Output(Constant("y"), OnnxElement.Int64);
        _graph.Write(Stream.Null);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Fact]
    public void Write_WeightsOfPartOfAnArray_AreThatPart()
    {
        float[] floats = [1, 2, 3, 4];
        _graph.Output(_graph.Node(new("Identity", "y"), [_graph.Weights("w", floats.AsMemory(1, 2), 2)]), OnnxElement.Float32, 2);

        using var run = new OnnxRun(_graph);

        Assert.Equal([2, 3], OnnxRun.Floats(run.Outputs()[0]));
    }

    [Fact]
    public void Save_FileThere_IsReplaced()
    {
        var path = _folder.Write("model.onnx", "old and longer than the new");

        Sample().Save(path);

        Assert.Equal(Bytes(Sample()), File.ReadAllBytes(path));
        Assert.Equal([path], Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void Save_FailureWhileWriting_LeavesWhatWasThere()
    {
        var path = _folder.Write("model.onnx", "old");
        _graph.Output(Constant("y"), OnnxElement.Int64);
        _graph.Weights("first", new float[1 << 20], 1 << 20);
        _graph.Weights("second", UnreadableMemory.Of(4), OnnxElement.UInt8, 4);

        Assert.Throws<IOException>(() => _graph.Save(path));

        Assert.Equal("old", File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFileSystemEntries(_folder.Path));
    }

    private static OnnxGraphBuilder Sample()
    {
        var graph = new OnnxGraphBuilder("sample", "Tests");
        graph.Metadata("b", "1");
        graph.Metadata("a", "2");
        var x = graph.Input("x", OnnxElement.Float32, "batch", 2);
        var sum = graph.Node("Add", [x, graph.Weights("w", Two, 2)]);
        graph.Output(graph.Node("Softmax", [sum], ("axis", -1)), OnnxElement.Float32, "batch", 2);
        return graph;
    }

    private static byte[] Bytes(OnnxGraphBuilder graph)
    {
        using var stream = new MemoryStream();
        graph.Write(stream);
        return stream.ToArray();
    }

    private static void AssertFails(string message, Action action)
        => Assert.StartsWith(message, Assert.Throws<ArgumentException>(action).Message, StringComparison.Ordinal);

    private OnnxValue Constant(string name) => _graph.Node(new("Constant", name), [], ("value_int", 1));
}
