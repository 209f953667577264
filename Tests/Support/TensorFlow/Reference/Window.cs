using ClassifierFunctions.ModelTool.TensorFlow;

namespace ClassifierFunctions.Tests.Support.TensorFlow.Reference;

/// <summary>
/// One axis of a sliding window, from tf.nn's notes on padding: SAME has ceil(size / stride) outputs and, of the padding needed for that, the smaller half
/// before; VALID has no padding and ceil((size - span + 1) / stride) outputs.
/// </summary>
/// <param name="Kernel">Taps.</param>
/// <param name="Dilation">Pixels from one tap to the next.</param>
/// <param name="Before">Padding before the first pixel.</param>
/// <param name="Outputs">Positions of the window.</param>
internal sealed record Window(int Kernel, int Stride, int Dilation, int Before, int Outputs)
{
    public static (Window Height, Window Width) Of(NodeDef node, int height, int width, (int Height, int Width) kernel)
    {
        var stride = DataFormat.Spatial(node, "strides");
        var dilation = DataFormat.Spatial(node, "dilations");
        int[] around = node.Ints("explicit_paddings") switch
        {
            [_, _, var top, var bottom, var left, var right, _, _] when !DataFormat.IsChannelsFirst(node) => [top, bottom, left, right],
            [_, _, _, _, var top, var bottom, var left, var right] => [top, bottom, left, right],
            _ => [0, 0, 0, 0],
        };
        return (
            Of(node.Text("padding"), height, kernel.Height, stride.Height, dilation.Height, around[0], around[1]),
            Of(node.Text("padding"), width, kernel.Width, stride.Width, dilation.Width, around[2], around[3]));
    }

    /// <summary>The pixels under the window at a position, with the taps that they are under.</summary>
    public IEnumerable<(int Tap, int Pixel)> At(int position, int size)
    {
        for (var tap = 0; tap < Kernel; tap++)
        {
            var pixel = (position * Stride) - Before + (tap * Dilation);
            if (pixel >= 0 && pixel < size)
                yield return (tap, pixel);
        }
    }

    private static Window Of(string padding, int size, int kernel, int stride, int dilation, int before, int after)
    {
        var span = ((kernel - 1) * dilation) + 1;
        if (padding == "SAME")
        {
            var same = (size + stride - 1) / stride;
            return new Window(kernel, stride, dilation, Math.Max(((same - 1) * stride) + span - size, 0) / 2, same);
        }

        return new Window(kernel, stride, dilation, before, (before + size + after - span + stride) / stride);
    }
}
