using ClassifierFunctions.ModelTool.TensorFlow;
using ClassifierFunctions.ModelTool.TensorFlow.Conversion;
using ClassifierFunctions.ModelTool.TensorFlow.Conversion.Graph;

namespace ClassifierFunctions.Tests.Unit.ModelTool.TensorFlow.Conversion.Passes;

/// <summary>With numbers reckoned by hand.</summary>
public sealed class AffineFoldingTests : PassTestsBase
{
    private static readonly float[] Weights = [1, 2, 3, 4];

    [Fact]
    public void Run_ConvBatchNormScaleOffset_IsOneConv()
    {
        // 4 / sqrt(3 + 1) = 2 and 3 / sqrt(0 + 1) = 3; 1 - 3 * 2 = -5 and -1 - 5 * 3 = -16.
        var conv = Conv(Image, Weights, [10, 20]);
        var normalised = Graph.Add(
            "BatchNormalization", "bn", DataType.DtFloat, conv.Dims,
            [conv, Constant([4, 3], 2), Constant([1, -1], 2), Constant([3, 5], 2), Constant([3, 0], 2)], ("epsilon", 1f));
        Output(Apply("Add", Apply("Mul", normalised, Constant([10])), Constant([1, 2], 2, 1, 1)));

        AffineFolding.Run(Graph);

        Assert.Equal(["Conv"], Operators);
        Assert.Equal([20, 40, 90, 120], Numbers(Graph.Nodes[0].Inputs[1]));
        Assert.Equal([151, 442], Numbers(Graph.Nodes[0].Inputs[2]));
        // What the last of them made.
        Assert.Equal(("Add", Graph.Nodes[0].Output), (Graph.Outputs[0].Value.Name, Graph.Outputs[0].Value));
    }

    [Theory]
    [InlineData("Mul", new float[] { 2, 4, 9, 12 }, null)]
    [InlineData("Div", new[] { 0.5f, 1, 1, 4 / 3f }, null)]
    [InlineData("Add", new float[] { 1, 2, 3, 4 }, new float[] { 2, 3 })]
    [InlineData("Sub", new float[] { 1, 2, 3, 4 }, new float[] { -2, -3 })]
    public void Run_ConvWithoutBias_GetsWhatIsNeeded(string @operator, float[] weights, float[]? bias)
    {
        Output(Apply(@operator, Conv(Image, Weights), Constant([2, 3], 1, 2, 1, 1)));

        AffineFolding.Run(Graph);

        Assert.Equal(["Conv"], Operators);
        Assert.Equal(weights, Numbers(Graph.Nodes[0].Inputs[1]));
        Assert.Equal(bias, Graph.Nodes[0].Inputs.Count == 2 ? null : Numbers(Graph.Nodes[0].Inputs[2]));
    }

    [Theory]
    [InlineData("Add")]
    [InlineData("Mul")]
    public void Run_ConstantFirst_IsTheSame(string @operator)
    {
        Output(Apply(@operator, Constant([2, 3], 2, 1, 1), Conv(Image, Weights)));

        AffineFolding.Run(Graph);

        Assert.Equal(["Conv"], Operators);
    }

    [Theory]
    [InlineData("Sub")]
    [InlineData("Div")]
    public void Run_ConstantMinusOrByConv_IsLeft(string @operator)
    {
        Output(Apply(@operator, Constant([2, 3], 2, 1, 1), Conv(Image, Weights)));

        AssertLeft("Conv", @operator);
    }

    [Fact]
    public void Run_DenseScaleOffset_IsOneGemm()
    {
        // [inputs, outputs].
        var dense = Graph.Add("MatMul", "dense", DataType.DtFloat, RowDims, [Rows, Constant(Weights, 2, 2)]);
        Output(Apply("Add", Apply("Mul", dense, Constant([10, 100], 2)), Constant([1, 2], 1, 2)));

        AffineFolding.Run(Graph);

        Assert.Equal(["Gemm"], Operators);
        Assert.Equal([10, 200, 30, 400], Numbers(Graph.Nodes[0].Inputs[1]));
        Assert.Equal([1, 2], Numbers(Graph.Nodes[0].Inputs[2]));
    }

    [Fact]
    public void Run_DenseTransposedScaleOffset_IsOneGemm()
    {
        // [outputs, inputs].
        var dense = Graph.Add("Gemm", "dense", DataType.DtFloat, RowDims, [Rows, Constant(Weights, 2, 2)], ("transB", 1));
        Output(Apply("Add", Apply("Mul", dense, Constant([10, 100], 2)), Constant([1, 2], 2)));

        AffineFolding.Run(Graph);

        Assert.Equal(["Gemm"], Operators);
        Assert.Equal([10, 20, 300, 400], Numbers(Graph.Nodes[0].Inputs[1]));
        Assert.Equal([1, 2], Numbers(Graph.Nodes[0].Inputs[2]));
    }

    [Fact]
    public void Run_ConvThatAnotherNodeTakes_IsLeft()
    {
        var conv = Conv(Image, Weights);
        Output(Apply("Add", conv, Apply("Mul", conv, Constant([2]))));

        AssertLeft("Conv", "Mul", "Add");
    }

    [Fact]
    public void Run_ConvThatIsAnOutput_IsLeft()
    {
        var conv = Conv(Image, Weights);
        Output(conv);
        Output(Apply("Mul", conv, Constant([2])));

        AssertLeft("Conv", "Mul");
    }

    [Fact]
    public void Run_FoldedConvThatIsAnOutput_IsLeftFromThereOn()
    {
        var scaled = Apply("Mul", Conv(Image, Weights), Constant([2]));
        Output(scaled);
        Output(Apply("Add", scaled, Constant([1])));

        AffineFolding.Run(Graph);

        Assert.Equal(["Conv", "Add"], Operators);
        Assert.Same(Graph.Nodes[0].Output, Graph.Outputs[0].Value);
        Assert.Same(Graph.Nodes[0].Output, Graph.Nodes[1].Inputs[0]);
    }

    [Theory]
    [InlineData(1, 1, 3, 3)]
    [InlineData(1, 2, 3, 3)]
    [InlineData(1, 1, 1, 3)]
    [InlineData(1, 1, 3, 1)]
    public void Run_ConstantPerPixel_IsLeft(params int[] dims)
    {
        var count = dims.Aggregate(1, (product, dim) => product * dim);
        Output(Apply("Add", Conv(Image, Weights), Constant(new float[count], [.. dims.Select(dim => (long)dim)])));

        AssertLeft("Conv", "Add");
    }

    [Fact]
    public void Run_AdditionOfTwoConvs_IsLeft()
    {
        Output(Apply("Add", Conv(Image, Weights), Conv(Image, Weights)));

        AssertLeft("Conv", "Conv", "Add");
    }

    [Fact]
    public void Run_WeightsThatAreComputed_AreLeft()
    {
        var weights = Graph.Add("Reshape", "weights", DataType.DtFloat, [2, 2, 1, 1], [Image, ComputeGraph.Constant("shape", 2, 2, 1, 1)]);
        Output(Apply("Mul", Conv(Image, weights), Constant([2])));

        AssertLeft("Reshape", "Conv", "Mul");
    }

    [Fact]
    public void Run_WeightsOfTwoConvs_ChangeForOne()
    {
        var weights = Constant(Weights, 2, 2, 1, 1);
        Output(Apply("Mul", Conv(Image, weights), Constant([2])));
        Output(Conv(Image, weights));

        AffineFolding.Run(Graph);

        Assert.Equal([2, 4, 6, 8], Numbers(Graph.Nodes[0].Inputs[1]));
        Assert.Equal(Weights, Numbers(Graph.Nodes[1].Inputs[1]));
    }

    [Fact]
    public void Run_BehindSomethingElse_IsLeft()
    {
        Output(Apply("Mul", Graph.Add("Relu", "relu", DataType.DtFloat, ImageDims, [Conv(Image, Weights)]), Constant([2])));

        AssertLeft("Conv", "Relu", "Mul");
    }

    private void AssertLeft(params string[] operators)
    {
        AffineFolding.Run(Graph);

        Assert.Equal(operators, Operators);
        Assert.All(Graph.Nodes.Where(node => node.Operator == "Conv" && node.Inputs[1]!.IsConstant), conv => Assert.Equal(Weights, Numbers(conv.Inputs[1])));
    }
}
