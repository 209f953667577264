namespace ClassifierFunctions.ModelTool.TensorFlow.Conversion.Operations;

/// <summary>TensorFlow's padding of an image: SAME, VALID, or EXPLICIT with pixels before and after.</summary>
internal readonly record struct Padding(string Name, (long Before, long After) Height, (long Before, long After) Width)
{
    /// <summary>As a node's attributes give it.</summary>
    public static Padding Of(NodeContext context, ImageAxes axes)
    {
        var name = context.Text("padding");
        if (name != "EXPLICIT")
            return new(name, default, default);
        // Before and after each axis.
        var pads = context.Ints("explicit_paddings");
        return pads.Count == 8
            ? new(name, (pads[2 * axes.Height], pads[2 * axes.Height + 1]), (pads[2 * axes.Width], pads[2 * axes.Width + 1]))
            : throw new UnsupportedException($"has {pads.Count} explicit paddings instead of 8");
    }
}
