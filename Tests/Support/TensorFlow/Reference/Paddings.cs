namespace ClassifierFunctions.Tests.Support.TensorFlow.Reference;

/// <summary>tf.pad: before and after each axis a constant, or the tensor mirrored without (REFLECT) or with (SYMMETRIC) its border.</summary>
internal static class Paddings
{
    public static Dictionary<string, ReferenceKernel> Kernels { get; } = new()
    {
        ["Pad"] = (_, inputs) => [Constant(inputs[0], inputs[1], 0)],
        ["PadV2"] = (_, inputs) => [Constant(inputs[0], inputs[1], inputs[2].Values.Single())],
        ["MirrorPad"] = (node, inputs) => [Mirror(inputs[0], inputs[1], node.Text("mode") == "SYMMETRIC")],
    };

    public static ReferenceTensor Constant(ReferenceTensor x, ReferenceTensor paddings, double value) => ReferenceTensor.Compute(Dims(x, paddings), x.Type, index =>
    {
        int[] from = [.. index.Select((at, axis) => at - (int)paddings[axis, 0])];
        return from.Where((at, axis) => at < 0 || at >= x.Dims[axis]).Any() ? value : x[from];
    });

    private static ReferenceTensor Mirror(ReferenceTensor x, ReferenceTensor paddings, bool border) => ReferenceTensor.Compute(
        Dims(x, paddings), x.Type, index => x[[.. index.Select((at, axis) => Mirrored(at - (int)paddings[axis, 0], x.Dims[axis], border ? 1 : 0))]]);

    private static int Mirrored(int at, int size, int border) => at < 0 ? -at - border : at >= size ? (2 * (size - 1)) - at + border : at;

    private static int[] Dims(ReferenceTensor x, ReferenceTensor paddings)
        => [.. x.Dims.Select((size, axis) => size + (int)paddings[axis, 0] + (int)paddings[axis, 1])];
}
