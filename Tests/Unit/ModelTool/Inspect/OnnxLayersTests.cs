using ClassifierFunctions.Models;
using ClassifierFunctions.Models.Onnx;
using ClassifierFunctions.ModelTool.Inspect;
using ClassifierFunctions.Tests.Support;
using Google.Protobuf;
using Outline = ClassifierFunctions.Models.Onnx.Outline;

namespace ClassifierFunctions.Tests.Unit.ModelTool.Inspect;

public sealed class OnnxLayersTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly OnnxGraphBuilder _graph = new("graph", "Tests", "1.2");
    private readonly OnnxValue _image;

    public OnnxLayersTests() => _image = _graph.Input("image", OnnxElement.Float32, "N", 3, 8, 8);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void In_Convolutions_SayKernelStridesDilationsAndGroups()
    {
        Conv("plain", [4, 3, 3, 3], 4, ("kernel_shape", new long[] { 3, 3 }));
        Conv("strided", [4, 3, 11, 11], null, ("strides", new long[] { 4, 4 }));
        var last = Conv("uneven", [6, 1, 1, 7], null, ("strides", new long[] { 1, 2 }), ("dilations", new long[] { 2, 2 }), ("group", 3L));

        Assert.Equal(
            [new("plain", "Conv 3 x 3", "", (4 * 3 * 9) + 4), new("strided", "Conv 11 x 11 / 4", "", 4 * 3 * 121), new("uneven", "Conv 1 x 7 / 1 x 2, dilated 2, 3 groups", "N x 6 x 2 x 2", 42)],
            Layers(last, "N", 6, 2, 2));
    }

    [Fact]
    public void In_Constants_AreNoLayers()
    {
        var flat = _graph.Node("Reshape", [_image, _graph.Weights("shape", [0L, -1], 2)]);
        var scaled = _graph.Node("Mul", [flat, _graph.Scalar("factor", 2f)]);
        var last = _graph.Node(new OnnxOperator("Add", "bias"), [scaled, _graph.Weights("offsets", new float[192], 192)]);

        Assert.Equal([new OnnxLayer("bias", "Add", "N x 192", 192)], Layers(last, "N", 192));
    }

    [Fact]
    public void In_WeightsThroughOtherNodes_BelongToTheLayerAtTheEnd()
    {
        var quantised = _graph.Weights("w", new byte[192 * 5], OnnxElement.UInt8, 5, 192);
        var weights = _graph.Node("Transpose", [_graph.Node("DequantizeLinear", [quantised, _graph.Scalar("scale", 0.1f)])]);
        var bias = _graph.Node("Constant", [], ("value", OnnxTensor.Of(new float[5], 5)));
        var last = _graph.Node(new OnnxOperator("Gemm", "dense"), [_graph.Node("Flatten", [_image]), weights, bias]);

        Assert.Equal([new OnnxLayer("dense", "Gemm", "N x 5", (192 * 5) + 5)], Layers(last, "N", 5));
    }

    [Fact]
    public void In_WeightsOfTwoNodes_AreCountedOnce()
    {
        var weights = _graph.Weights("w", new float[192 * 192], 192, 192);
        var first = _graph.Node(new OnnxOperator("MatMul", "first"), [_graph.Node("Flatten", [_image]), weights]);
        var last = _graph.Node(new OnnxOperator("MatMul", "second"), [first, weights]);

        Assert.Equal([new OnnxLayer("first", "MatMul", "", 192 * 192)], Layers(last, "N", 192));
    }

    [Fact]
    public void In_RealModel_CountsAllOfItsWeights()
    {
        var layers = OnnxLayers.In(OnnxFile.Read(TestData.Path("squeezenet", "model.onnx")).Graph);

        // SqueezeNet 1.1, table 1 of its paper: 26 convolutions; the first has 64 kernels of 3 x 3 x 3, and as many biases.
        Assert.Equal((26, 1_235_496L), (layers.Count, layers.Sum(layer => layer.Parameters)));
        Assert.Equal(new OnnxLayer("conv1_1", "Conv 3 x 3 / 2", "1 x 64 x 111 x 111", (64 * 27) + 64), layers[0]);
    }

    [Fact]
    public void Read_WeightsBesideTheFile_AreCountedAndMissed()
    {
        _folder.Write("weights.bin", "twelve bytes");
        var path = Path.Combine(_folder.Path, "model.onnx");
        File.WriteAllBytes(path, ExternalModel("weights.bin", "missing.bin"));

        var file = OnnxFile.Read(path);

        Assert.Equal(new FileInfo(path).Length + 12, file.Bytes);
        Assert.Equal(["missing.bin"], file.Missing);
    }

    [Fact]
    public void Read_NoOnnxFile_SaysSo()
        => Assert.Contains("not an ONNX file", Assert.Throws<ModelFormatException>(() => OnnxFile.Read(_folder.Write("model.onnx", "no graph"))).Message, StringComparison.Ordinal);

    [Fact]
    public void Read_DamagedFile_FailsWithAReasonOrNotAtAll()
    {
        var original = File.ReadAllBytes(TestData.Path("mnist", "model.onnx"));
        var path = Path.Combine(_folder.Path, "model.onnx");
        var random = new Random(6);
        var failures = 0;
        for (var i = 0; i < 500; i++)
        {
            var damaged = original.ToArray();
            damaged[random.Next(damaged.Length)] ^= (byte)(1 << random.Next(8));
            File.WriteAllBytes(path, damaged);
            try
            {
                var graph = OnnxFile.Read(path).Graph;
                Assert.True(OnnxLayers.In(graph).Sum(layer => layer.Parameters) <= OnnxLayers.Parameters(graph));
            }
            catch (ModelFormatException)
            {
                failures++;
            }
        }

        Assert.InRange(failures, 1, 499);
    }

    private static byte[] ExternalModel(params string[] locations) => new Outline.ModelProto
    {
        Graph = new()
        {
            Initializer =
            {
                locations.Select(location => new Outline.TensorProto
                {
                    Name = location, DataType = 1, Dims = { 3 }, ExternalData = { new Outline.StringStringEntryProto { Key = "location", Value = location } },
                }),
            },
            Output = { new Outline.ValueInfoProto { Name = "scores" } },
        },
    }.ToByteArray();

    private OnnxValue Conv(string name, long[] dims, int? biases, params OnnxAttribute[] attributes)
    {
        var weights = _graph.Weights($"{name}.w", new float[dims.Aggregate(1L, (product, dim) => product * dim)], dims);
        OnnxValue[] bias = biases is { } count ? [_graph.Weights($"{name}.b", new float[count], count)] : [];
        return _graph.Node(new OnnxOperator("Conv", name), [_image, weights, .. bias], attributes);
    }

    private IReadOnlyList<OnnxLayer> Layers(OnnxValue output, params OnnxDim[] dims)
    {
        _graph.Output(output, OnnxElement.Float32, dims);
        var path = Path.Combine(_folder.Path, "model.onnx");
        _graph.Save(path);
        return OnnxLayers.In(OnnxFile.Read(path).Graph);
    }
}
