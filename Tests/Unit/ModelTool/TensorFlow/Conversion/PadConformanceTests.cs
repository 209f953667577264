using ClassifierFunctions.Tests.Support.TensorFlow;
using ClassifierFunctions.Tests.Support.TensorFlow.Nodes;

namespace ClassifierFunctions.Tests.Unit.ModelTool.TensorFlow.Conversion;

/// <summary>Pad, PadV2, MirrorPad.</summary>
public sealed class PadConformanceTests
{
    public static TheoryData<int[]> Paddings =>
    [
        (int[])[0, 0, 1, 1, 1, 1, 0, 0],
        (int[])[0, 0, 3, 3, 3, 3, 0, 0],
        (int[])[0, 0, 0, 1, 2, 0, 0, 0],
        (int[])[0, 0, 0, 0, 0, 0, 1, 2],
        (int[])[0, 0, 2, 0, 0, 1, 3, 0],
        (int[])[0, 0, 0, 0, 0, 0, 0, 0],
    ];

    [Theory]
    [MemberData(nameof(Paddings))]
    public void Pad_Zeros_IsReference(int[] around) => Conformance.Check(5, 4, 3, (graph, x) => graph.Pad(x, around));

    [Theory]
    [MemberData(nameof(Paddings))]
    public void PadV2_Constant_IsReference(int[] around) => Conformance.Check(5, 4, 3, (graph, x) => graph.PadWith(x, -2.5f, around));

    [Theory]
    [InlineData("REFLECT", 1, 1, 1, 1, 0, 0)]
    [InlineData("REFLECT", 4, 0, 2, 3, 0, 0)]
    [InlineData("REFLECT", 0, 1, 0, 0, 2, 1)]
    [InlineData("SYMMETRIC", 1, 1, 1, 1, 0, 0)]
    [InlineData("SYMMETRIC", 5, 0, 2, 4, 0, 0)]
    [InlineData("SYMMETRIC", 0, 1, 0, 0, 3, 1)]
    public void MirrorPad_Modes_IsReference(string mode, int top, int bottom, int left, int right, int first, int last)
        => Conformance.Check(5, 4, 3, (graph, x) => graph.MirrorPad(x, mode, 0, 0, top, bottom, left, right, first, last));

    /// <summary>ResNet's convolution with a stride: padded alike on both sides, whatever the size.</summary>
    [Theory]
    [InlineData(7)]
    [InlineData(8)]
    public void Pad_BeforeConvolutionAndPool_IsReference(int size) => Conformance.Check(size, size, 3, (graph, x) =>
    {
        var convolution = graph.Conv2D(graph.Pad(x, 0, 0, 3, 3, 3, 3, 0, 0), graph.Random(7, 7, 3, 4), (2, 2), "VALID");
        return graph.Pool("MaxPool", graph.Pad(graph.Apply("Relu", convolution), 0, 0, 1, 1, 1, 1, 0, 0), (3, 3), (2, 2), "VALID");
    });

    /// <summary>A pad with another number than 0 is no part of the convolution behind it.</summary>
    [Fact]
    public void PadV2_BeforeConvolution_IsReference() => Conformance.Check(
        6, 5, 3, (graph, x) => graph.Conv2D(graph.PadWith(x, 1, 0, 0, 1, 1, 1, 1, 0, 0), graph.Random(3, 3, 3, 2), padding: "VALID"));

    [Fact]
    public void Pad_ChannelsBeforeConvolution_IsReference() => Conformance.Check(
        6, 5, 2, (graph, x) => graph.Conv2D(graph.Pad(x, 0, 0, 1, 0, 0, 1, 1, 1), graph.Random(3, 3, 4, 2), padding: "VALID"));

    [Fact]
    public void Pad_DenseLayer_IsReference() => Conformance.Check(2, 3, 2, (graph, x) => graph.Pad(graph.Reshape(x, -1, 12), 0, 0, 1, 2));
}
