using ClassifierFunctions.ModelTool.TensorFlow;
using ClassifierFunctions.ModelTool.TensorFlow.Conversion;
using ClassifierFunctions.ModelTool.TensorFlow.Conversion.Graph;

namespace ClassifierFunctions.Tests.Unit.ModelTool.TensorFlow.Conversion.Passes;

/// <summary>A graph of ONNX operators on images [N, 2, 3, 3] or rows [N, 2].</summary>
public abstract class PassTestsBase
{
    private protected static readonly Dim[] ImageDims = [Dim.Batch, 2, 3, 3];
    private protected static readonly Dim[] RowDims = [Dim.Batch, 2];

    private protected ComputeGraph Graph { get; } = new();

    private protected GraphValue Image => Graph.Input ??= new GraphValue("x", DataType.DtFloat, ImageDims);

    private protected GraphValue Rows => Graph.Input ??= new GraphValue("x", DataType.DtFloat, RowDims);

    private protected string[] Operators => [.. Graph.Nodes.Select(node => node.Operator)];

    private protected static GraphValue Constant(float[] numbers, params long[] dims)
        => ComputeGraph.Constant("constant", TensorNumbers.FromFloats(numbers, dims));

    private protected static float[] Numbers(GraphValue? value) => value!.Constant!.Floats().ToArray();

    /// <summary>A convolution with one pixel; weights are [outputs, inputs].</summary>
    private protected GraphValue Conv(GraphValue image, float[] weights, float[]? bias = null) => Conv(image, Constant(weights, 2, 2, 1, 1), bias);

    private protected GraphValue Conv(GraphValue image, GraphValue weights, float[]? bias = null) => Graph.Add(
        "Conv", "conv", DataType.DtFloat, image.Dims, bias is null ? [image, weights] : [image, weights, Constant(bias, 2)], ("pads", new long[] { 1, 2, 3, 4 }));

    private protected GraphValue Apply(string @operator, GraphValue left, GraphValue right)
        => Graph.Add(@operator, @operator, DataType.DtFloat, left.IsConstant ? right.Dims : left.Dims, [left, right]);

    private protected void Output(GraphValue value) => Graph.Outputs.Add(($"output {Graph.Outputs.Count}", value));
}
