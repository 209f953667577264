using ClassifierFunctions.ModelTool.TensorFlow;
using ClassifierFunctions.Tests.Support.TensorFlow;
using ClassifierFunctions.Tests.Support.TensorFlow.Nodes;

namespace ClassifierFunctions.Tests.Unit.ModelTool.TensorFlow.Conversion;

/// <summary>What does not fit together is refused, never converted to something else.</summary>
public sealed class RefusalTests
{
    [Fact]
    public void Slice_SomePictures_IsRefused() => Check("Slice", (graph, x) => graph.Slice(x, [1, 0, 0, 0], [2, -1, -1, -1]));

    [Fact]
    public void Split_Pictures_IsRefused() => Check("Split", (graph, x) => graph.Split(x, 0, 2));

    [Fact]
    public void Unpack_Pictures_IsRefused() => Check("Unpack", (graph, x) => graph.Unpack(x, 0, 2));

    [Fact]
    public void Reshape_SizeNotOfPictures_IsRefused() => Check("Reshape", (graph, x) => graph.Reshape(x, -1, 7));

    [Fact]
    public void Convolution_OtherChannels_IsRefused() => Check("Conv2D", (graph, x) => graph.Conv2D(x, graph.Random(3, 3, 4, 5)));

    [Fact]
    public void Convolution_KernelGreaterThanPicture_IsRefused()
        => Check("Conv2D", (graph, x) => graph.Conv2D(x, graph.Random(6, 6, 3, 5), padding: "VALID"));

    [Fact]
    public void MatMul_OtherFeatures_IsRefused() => Check("MatMul", (graph, x) => graph.MatMul(graph.Reshape(x, -1, 60), graph.Random(61, 5)));

    [Fact]
    public void Mul_ShapesThatDoNotGoTogether_IsRefused() => Check("Mul", (graph, x) => graph.Apply("Mul", x, graph.Random(2)));

    [Fact]
    public void MirrorPad_WiderThanPicture_IsRefused() => Check("MirrorPad", (graph, x) => graph.MirrorPad(x, "REFLECT", 0, 0, 5, 0, 0, 0, 0, 0));

    [Fact]
    public void SpaceToDepth_BlocksThatDoNotFit_IsRefused() => Check("SpaceToDepth", (graph, x) => graph.Block("SpaceToDepth", x, 2));

    [Fact]
    public void FusedBatchNorm_UnknownLayout_IsRefused()
        => Check("FusedBatchNorm", (graph, x) => graph.FusedBatchNorm("FusedBatchNorm", x, 3, 0.001f, "NHCW"));

    /// <summary>On a picture of 5 x 4 with 3 channels.</summary>
    private static void Check(string node, Func<TestGraph, string, string> op)
    {
        var graph = new TestGraph();
        var output = op(graph, graph.Placeholder("x", DataType.DtFloat, -1, 5, 4, 3));
        Assert.Contains($"({node})", Assert.Throws<ImportException>(() => new ConvertedRun(graph, output).Dispose()).Message, StringComparison.Ordinal);
    }
}
