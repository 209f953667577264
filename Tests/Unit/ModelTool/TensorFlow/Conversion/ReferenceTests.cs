using ClassifierFunctions.ModelTool.TensorFlow;
using ClassifierFunctions.ModelTool.TensorFlow.Conversion.Operations;
using ClassifierFunctions.Tests.Support;
using ClassifierFunctions.Tests.Support.TensorFlow;
using ClassifierFunctions.Tests.Support.TensorFlow.Nodes;
using ClassifierFunctions.Tests.Support.TensorFlow.Reference;

namespace ClassifierFunctions.Tests.Unit.ModelTool.TensorFlow.Conversion;

/// <summary>The reference implementations, against results of TensorFlow: the examples of its documentation and of its own tests, and a frozen model.</summary>
public sealed class ReferenceTests
{
    /// <summary>tensorflow/python/kernel_tests/conv_ops_test.py: picture and filter are 1, 2, 3, ...</summary>
    [Theory]
    [InlineData(new[] { 1, 2, 3, 3 }, new[] { 2, 2, 3, 3 }, 1, 1, "VALID", new double[] { 2271, 2367, 2463, 2901, 3033, 3165 })]
    [InlineData(new[] { 1, 2, 3, 3 }, new[] { 2, 2, 3, 3 }, 2, 2, "SAME", new double[] { 2271, 2367, 2463, 1230, 1305, 1380 })]
    [InlineData(new[] { 1, 3, 6, 1 }, new[] { 2, 2, 1, 1 }, 1, 2, "VALID", new double[] { 58, 78, 98, 118, 138, 158 })]
    [InlineData(new[] { 1, 7, 7, 1 }, new[] { 2, 2, 1, 1 }, 3, 3, "VALID", new double[] { 65, 95, 275, 305 })]
    [InlineData(new[] { 1, 4, 4, 1 }, new[] { 1, 1, 1, 1 }, 2, 2, "SAME", new double[] { 1, 3, 9, 11 })]
    [InlineData(new[] { 1, 4, 4, 1 }, new[] { 2, 2, 1, 1 }, 3, 3, "SAME", new double[] { 44, 28, 41, 16 })]
    public void Conv2D_Counting_IsTensorFlows(int[] picture, int[] filter, int strideHeight, int strideWidth, string padding, double[] expected)
        => Check(graph => graph.Conv2D(Counting(graph, picture), Counting(graph, filter), (strideHeight, strideWidth), padding), expected);

    /// <summary>tensorflow/python/kernel_tests/depthwise_conv_op_test.py.</summary>
    [Fact]
    public void Depthwise_Counting_IsTensorFlows()
        => Check(graph => graph.Depthwise(Counting(graph, 1, 2, 3, 2), Counting(graph, 2, 2, 2, 2), padding: "VALID"), [196, 216, 272, 296, 252, 280, 344, 376]);

    /// <summary>tensorflow/python/kernel_tests/pooling_ops_test.py.</summary>
    [Theory]
    [InlineData("AvgPool", new[] { 1, 3, 3, 3 }, 2, 2, 2, 2, "VALID", new double[] { 7, 8, 9 })]
    [InlineData("AvgPool", new[] { 1, 2, 4, 3 }, 2, 2, 2, 2, "SAME", new[] { 8.5, 9.5, 10.5, 14.5, 15.5, 16.5 })]
    [InlineData("AvgPool", new[] { 1, 2, 2, 1 }, 1, 2, 1, 1, "SAME", new[] { 1.5, 2, 3.5, 4 })]
    [InlineData("AvgPool", new[] { 1, 2, 2, 1 }, 2, 1, 1, 1, "SAME", new double[] { 2, 3, 3, 4 })]
    [InlineData("AvgPool", new[] { 1, 4, 4, 4 }, 3, 3, 2, 2, "SAME", new double[] { 21, 22, 23, 24, 27, 28, 29, 30, 45, 46, 47, 48, 51, 52, 53, 54 })]
    [InlineData("MaxPool", new[] { 1, 3, 3, 3 }, 2, 2, 2, 2, "VALID", new double[] { 13, 14, 15 })]
    [InlineData("MaxPool", new[] { 1, 2, 3, 3 }, 2, 2, 2, 2, "SAME", new double[] { 13, 14, 15, 16, 17, 18 })]
    public void Pool_Counting_IsTensorFlows(
        string op, int[] picture, int kernelHeight, int kernelWidth, int strideHeight, int strideWidth, string padding, double[] expected)
        => Check(graph => graph.Pool(op, Counting(graph, picture), (kernelHeight, kernelWidth), (strideHeight, strideWidth), padding), expected);

    /// <summary>tensorflow/core/kernels/lrn_op_test.cc: 16 channels; sums of squares 91, 506 and 1111.</summary>
    [Fact]
    public void Lrn_Counting_IsTensorFlows()
    {
        var result = Run(graph => graph.LocalResponseNormalization(Counting(graph, 1, 1, 1, 16), 5, 1, 0.1f, 2)).Values;
        Assert.Equal(1 / (10.1 * 10.1), result[0], 1e-6);
        Assert.Equal(6 / (51.6 * 51.6), result[5], 1e-6);
        Assert.Equal(16 / (112.1 * 112.1), result[15], 1e-6);
    }

    /// <summary>tensorflow/core/kernels/image/resize_bilinear_op_test.cc and resize_nearest_neighbor_op_test.cc.</summary>
    [Theory]
    [InlineData("ResizeBilinear", false, false, 2, 3, new[] { 1, 5 / 3.0, 2, 7 / 3.0, 3, 10 / 3.0, 3, 11 / 3.0, 4 })]
    [InlineData("ResizeBilinear", true, false, 2, 3, new[] { 1, 1.5, 2, 2, 2.5, 3, 3, 3.5, 4 })]
    [InlineData("ResizeBilinear", false, false, 3, 2, new[] { 1, 2.5, 5.5, 7 })]
    [InlineData("ResizeBilinear", true, false, 3, 2, new double[] { 1, 3, 7, 9 })]
    [InlineData("ResizeNearestNeighbor", false, false, 2, 3, new double[] { 1, 1, 2, 1, 1, 2, 3, 3, 4 })]
    [InlineData("ResizeNearestNeighbor", true, false, 2, 3, new double[] { 1, 2, 2, 3, 4, 4, 3, 4, 4 })]
    [InlineData("ResizeNearestNeighbor", false, true, 2, 3, new double[] { 1, 2, 2, 3, 4, 4, 3, 4, 4 })]
    [InlineData("ResizeNearestNeighbor", true, false, 4, 3, new double[] { 1, 3, 4, 9, 11, 12, 13, 15, 16 })]
    [InlineData("ResizeNearestNeighbor", false, true, 3, 2, new double[] { 1, 3, 7, 9 })]
    public void Resize_Counting_IsTensorFlows(string op, bool alignCorners, bool halfPixelCenters, int from, int to, double[] expected)
        => Check(graph => graph.Resize(op, Counting(graph, 1, from, from, 1), graph.Vector(to, to), alignCorners, halfPixelCenters), expected);

    /// <summary>Half-pixel centres without antialiasing are OpenCV's INTER_LINEAR: cv2.resize of 1, 2, 3, 4 to five (OpenCV 4.6.0).</summary>
    [Fact]
    public void ResizeBilinear_HalfPixelCenters_IsOpenCvs()
        => Check(graph => graph.Resize("ResizeBilinear", Counting(graph, 1, 1, 4, 1), graph.Vector(1, 5), false, true), [1, 1.7, 2.5, 3.3, 4]);

    /// <summary>The last example of tf.raw_ops.SpaceToBatchND and of tf.raw_ops.BatchToSpaceND.</summary>
    [Fact]
    public void SpaceToBatch_DocumentedExample_IsTensorFlows()
    {
        double[] blocks = [0, 1, 3, 0, 9, 11, 0, 2, 4, 0, 10, 12, 0, 5, 7, 0, 13, 15, 0, 6, 8, 0, 14, 16];
        Check(graph => graph.BatchBlock("SpaceToBatchND", Counting(graph, 2, 2, 4, 1), (2, 2), 0, 0, 2, 0), blocks);
        Check(
            graph => graph.BatchBlock("BatchToSpaceND", graph.Constant([.. blocks.Select(value => (float)value)], 8, 1, 3, 1), (2, 2), 0, 0, 2, 0),
            [.. Enumerable.Range(1, 16).Select(value => (double)value)]);
    }

    /// <summary>The last example of tf.raw_ops.DepthToSpace; SpaceToDepth brings it back.</summary>
    [Fact]
    public void DepthToSpace_DocumentedExample_IsTensorFlows()
    {
        Check(graph => graph.Block("DepthToSpace", Counting(graph, 1, 2, 2, 4), 2), [1, 2, 5, 6, 3, 4, 7, 8, 9, 10, 13, 14, 11, 12, 15, 16]);
        Check(graph => graph.Block("SpaceToDepth", Counting(graph, 1, 2, 2, 3), 2), [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
    }

    /// <summary>The examples of tf.raw_ops.MirrorPad.</summary>
    [Theory]
    [InlineData("REFLECT", new double[] { 1, 2, 3, 2, 1 })]
    [InlineData("SYMMETRIC", new double[] { 1, 2, 3, 3, 2 })]
    public void MirrorPad_DocumentedExample_IsTensorFlows(string mode, double[] expected)
        => Check(graph => graph.MirrorPad(Counting(graph, 3), mode, 0, 2), expected);

    /// <summary>foo[1, 2:4, None, ..., :-3:-1, :] of tf.raw_ops.StridedSlice, of shape (5, 5, 5, 5, 5, 5).</summary>
    [Fact]
    public void StridedSlice_DocumentedExample_IsTensorFlows() => Assert.Equal([2, 1, 5, 5, 2, 5], Run(graph => graph.StridedSlice(
        Counting(graph, 5, 5, 5, 5, 5, 5), [1, 2, 0, 0, 0, 0], [2, 4, 0, 0, -3, 0], [1, 1, 1, 1, -1, 1], 48, 32, 8, 4, 1)).Dims);

    /// <summary>foo[-2::-1] of [1, 2, 3, 4]: from the third backwards, as Python has it.</summary>
    [Fact]
    public void StridedSlice_Backward_IsPythons()
        => Check(graph => graph.StridedSlice(Counting(graph, 4), [-2], [0], [-1], endMask: 1), [3, 2, 1]);

    /// <summary>The examples of tf.raw_ops.Select: a condition of each number, and of each row.</summary>
    [Theory]
    [InlineData(new[] { true, false, false, true }, new[] { 2, 2 }, new double[] { 1, 6, 7, 4 })]
    [InlineData(new[] { true, false }, new[] { 2 }, new double[] { 1, 2, 7, 8 })]
    public void Select_DocumentedExample_IsTensorFlows(bool[] condition, int[] shape, double[] expected)
        => Check(graph => graph.Apply("Select", graph.Constant(condition, shape), Counting(graph, 2, 2), graph.Constant([5f, 6, 7, 8], 2, 2)), expected);

    /// <summary>The example of tf.quantization.fake_quant_with_min_max_args.</summary>
    [Fact]
    public void FakeQuant_DocumentedExample_IsTensorFlows() => Check(
        graph => graph.Add(
            "FakeQuantWithMinMaxArgs",
            [graph.Constant([10.03f, -10.23f, 3], 3)],
            ("min", AttributeValue.Of(-5f)),
            ("max", AttributeValue.Of(5f)),
            ("num_bits", AttributeValue.Of(16))),
        [4.9999237, -5.0000763, 3.0000763]);

    /// <summary>The examples of tf.raw_ops.Pack.</summary>
    [Theory]
    [InlineData(0, new double[] { 1, 4, 2, 5, 3, 6 })]
    [InlineData(1, new double[] { 1, 2, 3, 4, 5, 6 })]
    public void Pack_DocumentedExample_IsTensorFlows(int axis, double[] expected)
        => Check(graph => graph.Pack(axis, graph.Constant([1f, 4], 2), graph.Constant([2f, 5], 2), graph.Constant([3f, 6], 2)), expected);

    /// <summary>tf.nn.atrous_conv2d: a dilated convolution is one between SpaceToBatch and BatchToSpace.</summary>
    [Fact]
    public void Conv2D_Dilated_IsWhatItIsInBlocks()
    {
        double[] Dilated(Func<TestGraph, string, string, string> convolution)
            => Run(graph => convolution(graph, Counting(graph, 1, 7, 9, 2), Counting(graph, 3, 3, 2, 2))).Values;
        Assert.Equal(
            Dilated((graph, x, filter) => graph.BatchBlock(
                "BatchToSpaceND", graph.Conv2D(graph.BatchBlock("SpaceToBatchND", x, (2, 3), 2, 3, 3, 3), filter, padding: "VALID"), (2, 3), 0, 1, 0, 0)),
            Dilated((graph, x, filter) => graph.Conv2D(x, filter, dilation: (2, 3))));
    }

    /// <summary>Variables are constants in a frozen graph: all others that can be converted are compared.</summary>
    [Fact]
    public void Kernels_AllOperations_AreThere()
    {
        string[] ofVariables =
        [
            "Variable", "VariableV2", "VarHandleOp", "VariableHandleOp", "ReadVariableOp", "RefIdentity", "LinkedIdentity",
            "IsVariableInitialized", "VarIsInitializedOp",
        ];
        Assert.Empty(OperationTable.All.Keys.Except(ofVariables).Except(ReferenceKernels.All.Keys));
    }

    [Fact]
    public void Graph_FrozenModel_GivesItsGoldenResult()
    {
        var golden = TestData.Json("tf1-frozen", "lenet-keras-frozen", "golden.json").GetProperty("synthetic").GetProperty("pre_softmax");
        var definition = GraphDef.Parser.ParseFrom(File.ReadAllBytes(TestData.Path("tf1-frozen", "lenet-keras-frozen", "model.pb")));
        var picture = ReferenceTensor.Compute([1, 28, 28, 1], DataType.DtFloat, at =>
            (float)(((3 * at[1] * at[1]) + (5 * at[2] * at[2]) + (7 * at[1] * at[2]) + (13 * at[1]) + (29 * at[2])) % 256 * 0.00392156862745098));
        var result = new ReferenceGraph(definition, new Dictionary<string, ReferenceTensor> { ["input_tensor_input"] = picture }).Run("output_tensor/BiasAdd");
        foreach (var (expected, value) in golden.GetProperty("output_tensor/Softmax")[0].EnumerateArray().Zip(result.Values))
            Assert.Equal(expected.GetDouble(), value, 1e-7);
    }

    private static void Check(Func<TestGraph, string> node, double[] expected)
    {
        var result = Run(node).Values;
        Assert.Equal(expected.Length, result.Length);
        Assert.All(result, (value, i) => Assert.Equal(expected[i], value, 1e-6));
    }

    private static ReferenceTensor Run(Func<TestGraph, string> node)
    {
        var graph = new TestGraph();
        var output = node(graph);
        return new ReferenceGraph(graph.Definition, new Dictionary<string, ReferenceTensor>()).Run(output);
    }

    private static string Counting(TestGraph graph, params int[] dims)
        => graph.Constant([.. Enumerable.Range(1, ReferenceTensor.SizeOf(dims)).Select(value => (float)value)], dims);
}
