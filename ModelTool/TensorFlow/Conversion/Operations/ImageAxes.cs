namespace ClassifierFunctions.ModelTool.TensorFlow.Conversion.Operations;

/// <summary>Which axes of a tensor of images are height, width and channels: TensorFlow's <c>data_format</c>.</summary>
internal readonly record struct ImageAxes(bool ChannelsLast)
{
    public int Height => ChannelsLast ? 1 : 2;

    public int Width => ChannelsLast ? 2 : 3;

    public int Channels => ChannelsLast ? 3 : 1;

    /// <exception cref="UnsupportedException">Neither NHWC nor NCHW.</exception>
    public static ImageAxes Of(NodeContext context) => context.Text("data_format", "NHWC") switch
    {
        "NHWC" => new(true),
        "NCHW" => new(false),
        var other => throw new UnsupportedException($"has data format {other}; NHWC and NCHW are supported"),
    };

    /// <summary>A list with a number per axis, of which those of images and channels must be 1: strides, window sizes, dilations.</summary>
    public (long Height, long Width) Of(IReadOnlyList<long> perAxis, string what)
        => perAxis.Count == 4 && perAxis[0] == 1 && perAxis[Channels] == 1
            ? (perAxis[Height], perAxis[Width])
            : throw new UnsupportedException($"has {what} {Describe.Shape(perAxis)}; over images or channels they must be 1");

    /// <summary>Known sizes of an image operand.</summary>
    public (long Height, long Width, long Channels) SizeOf(IReadOnlyList<Dim> dims)
        => dims.Count == 4 && dims[Height].Known is { } height && dims[Width].Known is { } width && dims[Channels].Known is { } channels
            ? (height, width, channels)
            : throw new UnsupportedException($"works on images, but gets {Describe.Shape(dims)}");

    /// <summary>The shape of images as TensorFlow has it, and as it lies in memory.</summary>
    public static Dim[] ChannelsFirst(Dim images, long channels, long height, long width) => [images, channels, height, width];

    /// <summary>[N, H, W, C] or [N, C, H, W].</summary>
    public Dim[] Shape(Dim images, long height, long width, long channels)
        => ChannelsLast ? [images, height, width, channels] : [images, channels, height, width];
}
