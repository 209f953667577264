using System.Globalization;

namespace ClassifierFunctions.ModelTool.Import;

/// <summary>What a byte x becomes: (x * Scale - Mean) / Std.</summary>
/// <param name="Scale">Factor; 1 for none.</param>
/// <param name="Mean">Per channel in RGB order, or one for all; null for none.</param>
/// <param name="Std">As many as there are means; null for none.</param>
/// <param name="IsBgr">Whether the model gets BGR; null when the range says nothing about the order.</param>
internal sealed record ValueRange(double Scale, IReadOnlyList<double>? Mean = null, IReadOnlyList<double>? Std = null, bool? IsBgr = null)
{
    private const double PerByte = 1 / 255.0;

    // Of ImageNet's training pictures: as VGG's authors (0 to 255) and torchvision (0 to 1) published them.
    private static readonly double[] VggMean = [123.68, 116.779, 103.939];

    public static ValueRange Unit { get; } = new(PerByte);

    public static ValueRange Bytes { get; } = new(1);

    public static ValueRange Inception { get; } = new(PerByte, [0.5], [0.5], IsBgr: false);

    public static ValueRange ImageNet { get; } = new(PerByte, [0.485, 0.456, 0.406], [0.229, 0.224, 0.225], IsBgr: false);

    public static ValueRange Vgg { get; } = new(1, VggMean, [1], IsBgr: false);

    public static ValueRange Caffe { get; } = new(1, VggMean, [1], IsBgr: true);

    /// <summary>The formula, for people.</summary>
    public override string ToString()
    {
        if (this == Inception)
            return "x / 127.5 - 1";
        var scaled = Scale == 1 ? "x" : Scale == PerByte ? "x / 255" : $"x * {Number(Scale)}";
        if (Mean is null)
            return Scale == 1 ? "x as it is" : scaled;
        return Std is null || Std.All(std => std == 1)
            ? $"{scaled} - mean, where mean is {Numbers(Mean)}"
            : $"({scaled} - mean) / deviation, where mean is {Numbers(Mean)} and deviation is {Numbers(Std)}";
    }

    private static string Numbers(IReadOnlyList<double> values)
        => string.Join(", ", values.Select(Number)) + (values.Count > 1 ? " (red, green, blue)" : "");

    private static string Number(double value) => value.ToString("g9", CultureInfo.InvariantCulture);
}
