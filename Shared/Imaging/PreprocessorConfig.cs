namespace ClassifierFunctions.Imaging;

/// <summary>How an image becomes a model's input: the fields of Hugging Face's <c>preprocessor_config.json</c>, with its order of steps.</summary>
public sealed record PreprocessorConfig
{
    /// <summary>ImageNet's usual preprocessing, which torchvision's and most exported classifiers expect.</summary>
    /// <param name="width">Width of the model's input, pixels.</param>
    /// <param name="height">Height of the model's input, pixels.</param>
    /// <returns>Shortest edge to 256/224 of the input, centre crop, values 0 to 1, ImageNet's mean and deviation.</returns>
    public static PreprocessorConfig ImageNet(int width, int height) => new()
    {
        ShortestEdge = Math.Max(width, height) * 256 / 224,
        CropWidth = width,
        CropHeight = height,
        RescaleFactor = 1.0 / 255,
        Mean = [0.485, 0.456, 0.406],
        Std = [0.229, 0.224, 0.225],
    };

    /// <summary>Shorter edge after resizing, pixels; the other keeps the ratio. Null when resizing is off or to an exact size.</summary>
    public int? ShortestEdge { get; init; }

    /// <summary>Exact width after resizing, pixels; null when resizing is off or by the shortest edge.</summary>
    public int? ResizeWidth { get; init; }

    /// <summary>Exact height after resizing, pixels; null when resizing is off or by the shortest edge.</summary>
    public int? ResizeHeight { get; init; }

    public ResampleFilter Resample { get; init; } = ResampleFilter.Bilinear;

    /// <summary>False gives OpenCV's <c>INTER_LINEAR</c> in every byte: two pixels in each direction, so that a reduced image skips others.</summary>
    public bool Antialias { get; init; } = true;

    /// <summary>Width of the centre crop, pixels; null when there is none.</summary>
    public int? CropWidth { get; init; }

    /// <summary>Height of the centre crop, pixels; null when there is none.</summary>
    public int? CropHeight { get; init; }

    /// <summary>Factor for byte values; 1 when rescaling is off.</summary>
    public double RescaleFactor { get; init; } = 1;

    /// <summary>Subtracted per channel after rescaling, in RGB order; null when normalising is off.</summary>
    public IReadOnlyList<double>? Mean { get; init; }

    /// <summary>Divided by per channel after the mean, in RGB order; null when normalising is off.</summary>
    public IReadOnlyList<double>? Std { get; init; }

    /// <summary>True gives the model BGR. Applied last, so means stay in RGB order.</summary>
    public bool FlipChannelOrder { get; init; }

    /// <summary>Width and height of what the model gets, when they do not depend on the image; otherwise null.</summary>
    public (int Width, int Height)? OutputSize
        => CropWidth is { } cropWidth && CropHeight is { } cropHeight ? (cropWidth, cropHeight)
        : ResizeWidth is { } width && ResizeHeight is { } height ? (width, height)
        : null;
}
