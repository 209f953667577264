namespace ClassifierFunctions.ModelTool.TensorFlow.Conversion.Operations;

/// <summary>How far a convolution or pooling window reaches along one axis (tensorflow/tensorflow, core/framework/common_shape_fns.cc).</summary>
/// <param name="Output">Positions of the window.</param>
/// <param name="Before">Padding before the first pixel.</param>
/// <param name="After">Padding after the last.</param>
internal readonly record struct Window(long Output, long Before, long After)
{
    /// <exception cref="UnsupportedException">An unknown padding, or a window that does not fit into the image.</exception>
    public static Window Of(long size, long kernel, long stride, long dilation, string padding, (long Before, long After) given)
    {
        if (size < 1 || kernel < 1 || stride < 1 || dilation < 1)
            throw new UnsupportedException($"has a window of {kernel} with stride {stride} and dilation {dilation} on {size} pixels: the file is damaged");
        var reach = Math.BigMul(kernel - 1, dilation) + 1;
        if (reach > int.MaxValue)
            throw new UnsupportedException($"has a window of {reach} pixels: the file is damaged");
        var (before, after) = given;
        switch (padding)
        {
            case "SAME":
                var positions = (size + stride - 1) / stride;
                var missing = Math.Max((positions - 1) * stride + (long)reach - size, 0);
                // The odd one comes after.
                return new(positions, missing / 2, missing - missing / 2);
            case "VALID":
                (before, after) = (0, 0);
                break;
            case "EXPLICIT" when before >= 0 && after >= 0:
                break;
            default:
                throw new UnsupportedException($"has padding {padding}, which is not known");
        }

        var output = size + before + after - (long)reach;
        return output >= 0 ? new(output / stride + 1, before, after) : throw new UnsupportedException($"has a window of {reach} pixels on an image of {size}");
    }
}
