using ClassifierFunctions.ModelTool.TensorFlow;
using ClassifierFunctions.ModelTool.TensorFlow.Sources;
using ClassifierFunctions.Tests.Support;
using ClassifierFunctions.Tests.Support.TensorFlow;
using Google.Protobuf;
using static ClassifierFunctions.Tests.Unit.ModelTool.TensorFlow.Sources.SourceGraph;

namespace ClassifierFunctions.Tests.Unit.ModelTool.TensorFlow.Sources;

/// <summary>A real .meta with one thing in it changed: Verify names the node, whichever it is.</summary>
public sealed class DamageTests : SourceTestsBase
{
    private static readonly string Real = TestData.Path("tf1", "dogs-cats-v3", "dogs-cats-model-v3");

    [Theory]
    [InlineData("Relu_1", "SoftmaxX")]
    [InlineData("Conv2D", "MatMul")]
    public void Verify_AnotherOp_Fails(string node, string op) => Damaged(node, damaged => damaged.Op = op);

    [Theory]
    [InlineData("Conv2D", "strides")]
    [InlineData("Conv2D", "data_format")]
    [InlineData("Conv2D", "T")]
    [InlineData("Reshape/shape", "value")]
    public void Verify_AttributeMissing_Fails(string node, string attribute)
    {
        Damaged(node, damaged => damaged.Attr.Remove(attribute));
        Damaged(node, damaged =>
        {
            damaged.Attr.Add("_" + attribute, damaged.Attr[attribute]);
            damaged.Attr.Remove(attribute);
        });
        Damaged(node, damaged => damaged.Attr.Add(attribute + "x", damaged.Attr[attribute]));
    }

    private static string Integers(int size, string field, string values)
        => $$"""{ "tensor": { "dtype": "DT_INT32", "tensorShape": { "dim": [{ "size": {{size}} }] }, "{{field}}": {{values}} } }""";

    /// <summary>Node, attribute, value, and which node that shows at when it is another.</summary>
    public static TheoryData<string, string, string, string?> OtherValues => new()
    {
        { "Conv2D", "padding", """{ "s": "U0FNRA==" }""", null },
        { "Conv2D", "padding", """{ "s": "VkFMSUQ=" }""", null },
        { "Conv2D", "padding", """{ "i": 1 }""", null },
        { "Conv2D", "strides", """{ "list": { "i": [1, 4, 5, 1] } }""", null },
        { "Conv2D", "strides", """{ "list": { "i": [1, 4, 4, 1], "f": [1] } }""", null },
        { "Conv2D", "T", """{ "type": "DT_DOUBLE" }""", null },
        { "MaxPool", "ksize", """{ "list": { "i": [1, 3, 2, 1] } }""", null },
        { "MaxPool", "ksize", """{ "list": { "i": [1, 2, 2] } }""", null },
        { "MatMul", "transpose_b", """{ "b": true }""", null },
        { "x", "shape", """{ "shape": { "dim": [{ "size": -1 }, { "size": 129 }, { "size": 128 }, { "size": 3 }] } }""", null },
        { "x", "shape", """{ "shape": { "dim": [{ "size": -2 }, { "size": 128 }, { "size": 128 }, { "size": 3 }] } }""", null },
        { "x", "dtype", """{ "type": "DT_HALF" }""", "Conv2D" },
        { "Variable_2", "shape", """{ "shape": { "dim": [{ "size": 3 }, { "size": 3 }, { "size": 64 }, { "size": 65 }] } }""", null },
        { "Reshape/shape", "dtype", """{ "type": "DT_INT64" }""", null },
        { "Reshape/shape", "value", Integers(2, "intVal", "[-1, 1025]"), "Reshape" },
        { "Reshape/shape", "value", Integers(2, "intVal", "[9, 1024]"), "Reshape" },
        { "Reshape/shape", "value", Integers(2, "floatVal", "[-1, 1024]"), null },
        { "Reshape/shape", "value", Integers(2, "tensorContent", "\"AAAA\""), null },
        { "Reshape/shape", "value", Integers(1, "intVal", "[-1, 1024]"), null },
        { "Reshape/shape", "value", Integers(-2, "intVal", "[-1, 1024]"), null },
    };

    [Theory]
    [MemberData(nameof(OtherValues))]
    public void Verify_AttributeOfAnotherValue_Fails(string node, string attribute, string value, string? reported)
        => Damaged(node, damaged => damaged.Attr[attribute] = JsonParser.Default.Parse<AttrValue>(value), reported);

    /// <summary>Inputs of the same type and shape, so that only gradients and updates tell.</summary>
    [Theory]
    [InlineData("add", 1, "Variable_3/read")]
    [InlineData("add_1", 1, "Variable_5/read")]
    [InlineData("Conv2D_1", 1, "Variable_4/read")]
    [InlineData("Variable_1/read", 0, "Variable_3")]
    [InlineData("MatMul_1", 0, "Relu_2")]
    [InlineData("Conv2D_2", 0, "Relu")]
    public void Verify_AnotherInput_Fails(string node, int input, string other) => Damaged(node, damaged => damaged.Input[input] = other);

    [Fact]
    public void Verify_InputMissing_Fails() => Damaged("add", damaged => damaged.Input.RemoveAt(1));

    [Fact]
    public void Open_SaverRestoresAVariableFromAnothers_Fails()
    {
        var meta = Copy();
        var names = meta.GraphDef.Node.Where(node => node.Name.StartsWith("save/RestoreV2", StringComparison.Ordinal))
            .Where(node => node.Name.EndsWith("/tensor_names", StringComparison.Ordinal)).Select(node => node.Attr["value"].Tensor.StringVal);
        var two = names.Where(name => name[0].ToStringUtf8() is "Variable_1" or "Variable_3").ToArray();
        two[0][0] = two[1][0];
        File.WriteAllBytes(Prefix + ".meta", meta.ToByteArray());
        FailsToOpen(Prefix, Prefix, "both restored from Variable_");
    }

    /// <summary>What parsers pass over: the bytes of a node are changed, not its fields.</summary>
    [Fact]
    public void Verify_EncodingThatIsNotTensorFlows_Fails()
    {
        byte[] node = SourceGraph.Node("Relu", "r", ["x"], ("T", Float)).ToByteArray();
        byte[] unknown = [0x7a, 1, 0];
        byte[] secondOp = [0x12, 4, .. "Relu"u8];
        byte[] number = [0x18, 1];
        byte[] sameKey = [.. new NodeDef { Attr = { ["T"] = SourceGraph.Type(DataType.DtHalf) } }.ToByteArray()];
        byte[] noValue = [0x2a, 3, 0x0a, 1, (byte)'U'];
        byte[] twoValues = [0x2a, 9, 0x0a, 1, (byte)'U', 0x12, 4, 0x18, 1, 0x28, 1];
        foreach (var extra in (byte[][])[unknown, secondOp, number, sameKey, noValue, twoValues])
        {
            byte[] whole = [.. node, .. extra];
            var before = new GraphDef { Node = { SourceGraph.Node("Placeholder", "x", []) } }.ToByteArray();
            File.WriteAllBytes(In("graph.pb"), [.. before, 0x0a, (byte)whole.Length, .. whole]);
            using var model = TensorFlowModel.Open(In("graph.pb"));
            model.Verify(["x"]);
            Fails(() => model.Verify(["r"]), "graph.pb", "node r (Relu)", "offset");
        }
    }

    /// <summary>A node whose field number is another's is no node for parsers, and what comes before it would be the last.</summary>
    [Theory]
    [InlineData(0x1a)]
    [InlineData(0x2a)]
    [InlineData(0x4a)]
    public void Open_NodeUnderAnotherFieldNumber_Fails(byte tag)
    {
        var before = new GraphDef { Node = { SourceGraph.Node("Placeholder", "x", []) } }.ToByteArray();
        var node = SourceGraph.Node("Relu", "r", ["x"], ("T", Float)).ToByteArray();
        File.WriteAllBytes(In("graph.pb"), [.. before, tag, (byte)node.Length, .. node]);
        FailsToOpen(In("graph.pb"), "graph.pb", "GraphDef has no field");
    }

    [Fact]
    public void Open_DebugInfo_IsPassedOver()
    {
        var graph = new GraphDef { Node = { SourceGraph.Node("Placeholder", "x", []) } }.ToByteArray();
        // Of GraphDebugInfo: the names of two files.
        File.WriteAllBytes(In("graph.pb"), [.. graph, 0x2a, 12, 0x0a, 4, .. "a.py"u8, 0x0a, 4, .. "b.py"u8]);
        using var model = TensorFlowModel.Open(In("graph.pb"));
        Assert.Equal(["x"], model.Nodes.Keys);
    }

    [Fact]
    public void Open_CalledFunctionWithFieldThatNodesLack_Fails()
    {
        var graph = new SourceGraph().AddInput("x").Add("PartitionedCall", "call", ["x"], ("f", Call("f")));
        var bytes = graph.Meta.GraphDef.ToByteArray();
        var function = new FunctionDef { Signature = new() { Name = "f", InputArg = { Argument("a") } } }.ToByteArray();
        // A node of that function: its name, its op, and field 15.
        byte[] node = [0x0a, 1, (byte)'r', 0x12, 4, .. "Relu"u8, 0x7a, 1, 0];
        byte[] whole = [.. function, 0x1a, (byte)node.Length, .. node];
        var nodes = bytes[..bytes.AsSpan().LastIndexOf((byte)0x12)];
        File.WriteAllBytes(In("graph.pb"), [.. nodes, 0x12, (byte)(whole.Length + 2), 0x0a, (byte)whole.Length, .. whole]);
        FailsToOpen(In("graph.pb"), "graph.pb", "function f of node call", "offset");
    }

    [Fact]
    public void Open_TwoGraphsInOneMessage_Fails()
    {
        var meta = new SourceGraph().AddInput("x").Meta;
        var second = new MetaGraphDef { GraphDef = new() { Node = { SourceGraph.Node("Placeholder", "y", []) } } };
        File.WriteAllBytes(Prefix + ".meta", [.. meta.ToByteArray(), .. second.ToByteArray()]);
        WriteCheckpoint(Prefix);
        FailsToOpen(Prefix, Prefix + ".meta", "graph_def", "second");
    }

    [Fact]
    public void Verify_NodeThatIsNotThere_Fails()
    {
        using var model = Open(new SourceGraph().AddInput("x"));
        Fails(() => model.Verify(["y"]), "graph.pb", "no node y");
    }

    private static MetaGraphDef CopyTo(string prefix)
    {
        foreach (var file in Directory.GetFiles(Path.GetDirectoryName(Real)!, Path.GetFileName(Real) + ".*"))
            File.Copy(file, prefix + Path.GetExtension(file));
        return MetaGraphDef.Parser.ParseFrom(File.ReadAllBytes(Real + ".meta"));
    }

    private MetaGraphDef Copy() => CopyTo(Prefix);

    private void Damaged(string name, Action<NodeDef> damage, string? reported = null)
    {
        var prefix = In($"model{Directory.GetFiles(Folder.Path).Length}");
        var meta = CopyTo(prefix);
        damage(meta.GraphDef.Node.Single(node => node.Name == name));
        File.Delete(prefix + ".meta");
        File.WriteAllBytes(prefix + ".meta", meta.ToByteArray());
        using var model = TensorFlowModel.Open(prefix);
        // What comes before it is as it was.
        model.Verify(["truncated_normal", "y_true"]);
        Fails(() => model.Verify([reported ?? name]), prefix + ".meta", $"node {reported ?? name} (", "Copy the file again");
    }
}
