using SkiaSharp;

namespace ClassifierFunctions.Training.Scenes;

/// <summary>Colours made from colours.</summary>
internal static class Tint
{
    public static SKColor Grey(float value)
    {
        var code = Code(value * 255);
        return new SKColor(code, code, code);
    }

    /// <param name="hue">Degrees.</param>
    /// <param name="saturation">0 to 1.</param>
    /// <param name="value">0 to 1.</param>
    public static SKColor Hsv(float hue, float saturation, float value) =>
        SKColor.FromHsv((hue % 360 + 360) % 360, Math.Clamp(saturation, 0, 1) * 100, Math.Clamp(value, 0, 1) * 100);

    public static SKColor Mix(SKColor from, SKColor to, float share)
    {
        var t = Math.Clamp(share, 0, 1);
        return new SKColor(
            Code(from.Red + (to.Red - from.Red) * t),
            Code(from.Green + (to.Green - from.Green) * t),
            Code(from.Blue + (to.Blue - from.Blue) * t));
    }

    /// <summary>Darker below 1, lighter above.</summary>
    public static SKColor Scale(SKColor colour, float factor) =>
        new(Code(colour.Red * factor), Code(colour.Green * factor), Code(colour.Blue * factor), colour.Alpha);

    /// <param name="opacity">0 to 1.</param>
    public static SKColor Clear(SKColor colour, float opacity) => colour.WithAlpha(Code(opacity * 255));

    private static byte Code(float value) => (byte)Math.Clamp(MathF.Round(value), 0, 255);
}
