namespace ClassifierFunctions.Training.Degradations;

/// <summary>The transfer curve of sRGB (IEC 61966-2-1) by tables: 8-bit codes to linear light and back.</summary>
internal static class SrgbCurve
{
    private const int Steps = 4096;

    private static readonly float[] Linear = [.. Enumerable.Range(0, 256).Select(code => (float)Decode(code / 255.0))];

    // Over the square root of light, which spends the steps where codes are dense.
    private static readonly float[] Codes = [.. Enumerable.Range(0, Steps + 2).Select(i => (float)(255 * Encode((double)i / Steps * i / Steps)))];

    /// <summary>Linear light, 0 to 1, of an 8-bit code.</summary>
    public static float ToLinear(byte code) => Linear[code];

    /// <summary>Code, 0 to 255 and not rounded, of linear light; light outside 0 to 1 is clipped, as a sensor and a file do.</summary>
    public static float ToCode(float light)
    {
        var position = MathF.Sqrt(Math.Clamp(light, 0, 1)) * Steps;
        var step = (int)position;
        return Codes[step] + ((position - step) * (Codes[step + 1] - Codes[step]));
    }

    private static double Decode(double code) => code <= 0.04045 ? code / 12.92 : Math.Pow((code + 0.055) / 1.055, 2.4);

    private static double Encode(double light) => light <= 0.0031308 ? light * 12.92 : (1.055 * Math.Pow(light, 1 / 2.4)) - 0.055;
}
