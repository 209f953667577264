using ClassifierFunctions.ModelTool.TensorFlow;
using ClassifierFunctions.ModelTool.TensorFlow.Conversion;
using ClassifierFunctions.ModelTool.TensorFlow.Conversion.Graph;

namespace ClassifierFunctions.Tests.Unit.ModelTool.TensorFlow.Conversion.Passes;

public sealed class PadFoldingTests : PassTestsBase
{
    private static readonly float[] Weights = [1, 2, 3, 4];

    [Theory]
    [InlineData(null)]
    [InlineData(0f)]
    public void Run_BorderOfZeroes_IsTheConvolutions(float? value)
    {
        Output(Conv(Pad("constant", value, 0, 0, 10, 20, 0, 0, 30, 40), Weights));

        PadFolding.Run(Graph);

        Assert.Equal(["Conv"], Operators);
        Assert.Same(Image, Graph.Nodes[0].Inputs[0]);
        // Top, left, bottom, right, and its own of 1 to 4.
        Assert.Equal([11, 22, 33, 44], Graph.Nodes[0].Attributes["pads"].Proto.Ints);
    }

    [Theory]
    [InlineData("constant", 1f, 0, 1)]
    [InlineData("reflect", null, 0, 1)]
    [InlineData("edge", null, 0, 1)]
    // Images and channels.
    [InlineData("constant", null, 1, 0)]
    [InlineData("constant", null, 0, 1, 1)]
    public void Run_OtherBorder_IsLeft(string mode, float? value, long images, long top, long channels = 0)
    {
        Output(Conv(Pad(mode, value, images, channels, top, 0, 0, 0, 0, 0), Weights));

        AssertLeft("Pad", "Conv");
    }

    [Fact]
    public void Run_BorderThatAnotherNodeTakes_IsLeft()
    {
        var padded = Pad("constant", null, 0, 0, 1, 1, 0, 0, 1, 1);
        Output(Conv(padded, Weights));
        Output(Graph.Add("Relu", "relu", DataType.DtFloat, padded.Dims, [padded]));

        AssertLeft("Pad", "Conv", "Relu");
    }

    [Fact]
    public void Run_BorderBeforeAPooling_IsLeft()
    {
        Output(Graph.Add("MaxPool", "pool", DataType.DtFloat, ImageDims, [Pad("constant", null, 0, 0, 1, 1, 0, 0, 1, 1)]));

        AssertLeft("Pad", "MaxPool");
    }

    private GraphValue Pad(string mode, float? value, params long[] around)
    {
        var pads = ComputeGraph.Constant("pads", around);
        return Graph.Add(
            "Pad", "pad", DataType.DtFloat, ImageDims, value is { } filling ? [Image, pads, ComputeGraph.Constant("filling", filling)] : [Image, pads], ("mode", mode));
    }

    private void AssertLeft(params string[] operators)
    {
        PadFolding.Run(Graph);

        Assert.Equal(operators, Operators);
        Assert.All(Graph.Nodes.Where(node => node.Operator == "Conv"), conv => Assert.Equal([1, 2, 3, 4], conv.Attributes["pads"].Proto.Ints));
    }
}
