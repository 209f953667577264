using ClassifierFunctions.ModelTool.TensorFlow;

namespace ClassifierFunctions.Tests.Support.TensorFlow.Reference;

/// <summary>Ops that read or change the shape, and those that pass their input on.</summary>
internal static class Shapes
{
    public static Dictionary<string, ReferenceKernel> Kernels { get; } = new()
    {
        ["Identity"] = (_, inputs) => [inputs[0]],
        ["IdentityN"] = (_, inputs) => inputs,
        ["Snapshot"] = (_, inputs) => [inputs[0]],
        ["EnsureShape"] = (_, inputs) => [inputs[0]],
        ["StopGradient"] = (_, inputs) => [inputs[0]],
        ["PreventGradient"] = (_, inputs) => [inputs[0]],
        ["CheckNumerics"] = (_, inputs) => [inputs[0]],
        ["PlaceholderWithDefault"] = (_, inputs) => [inputs[0]],
        ["Shape"] = (_, inputs) => [ReferenceTensor.Vector(inputs[0].Dims)],
        ["ShapeN"] = (_, inputs) => [.. inputs.Select(input => ReferenceTensor.Vector(input.Dims))],
        ["Rank"] = (_, inputs) => [new([], [inputs[0].Rank], DataType.DtInt32)],
        ["Size"] = (_, inputs) => [new([], [inputs[0].Values.Length], DataType.DtInt32)],
        ["Reshape"] = (_, inputs) => [inputs[0].Reshape(WithoutUnknown(inputs[1].Ints(), inputs[0].Values.Length))],
        ["Squeeze"] = (node, inputs) => [Squeeze(inputs[0], node.Ints("squeeze_dims"))],
        ["ExpandDims"] = (_, inputs) => [ExpandDims(inputs[0], inputs[1].Int())],
        ["Transpose"] = (_, inputs) => [inputs[0].Transpose(inputs[1].Ints())],
        ["Tile"] = (_, inputs) => [Tile(inputs[0], inputs[1].Ints())],
        ["Cast"] = (node, inputs) => [Cast(inputs[0], node.Type("DstT"))],
    };

    /// <summary>One size may be -1: what the others leave.</summary>
    private static int[] WithoutUnknown(int[] dims, int size)
    {
        var known = dims.Where(dim => dim != -1).Aggregate(1, (a, b) => a * b);
        return [.. dims.Select(dim => dim == -1 ? size / known : dim)];
    }

    private static ReferenceTensor Squeeze(ReferenceTensor x, int[] axes)
    {
        int[] positive = [.. axes.Select(x.Axis)];
        return x.Reshape([.. x.Dims.Where((size, axis) => positive is [] ? size != 1 : !positive.Contains(axis))]);
    }

    private static ReferenceTensor ExpandDims(ReferenceTensor x, int axis)
    {
        var dims = x.Dims.ToList();
        dims.Insert(axis < 0 ? axis + x.Rank + 1 : axis, 1);
        return x.Reshape([.. dims]);
    }

    private static ReferenceTensor Tile(ReferenceTensor x, int[] multiples) => ReferenceTensor.Compute(
        [.. x.Dims.Select((size, axis) => size * multiples[axis])], x.Type, index => x[[.. index.Select((at, axis) => at % x.Dims[axis])]]);

    /// <summary>Floats become integers towards zero, and booleans by being other than 0.</summary>
    private static ReferenceTensor Cast(ReferenceTensor x, DataType to) => to switch
    {
        DataType.DtBool => x.Map(value => value != 0 ? 1 : 0),
        DataType.DtFloat or DataType.DtDouble or DataType.DtHalf => x,
        _ => x.Map(Math.Truncate),
    } with { Type = to };
}
