namespace ClassifierFunctions.Tests.Support;

/// <summary>Faults of photos by plain loops, written apart from the training program's: blur over codes as an editor does it, exposure by the formula of sRGB.</summary>
internal static class Degraded
{
    private const int Channels = 3;

    /// <summary>Gaussian blur, the border repeated.</summary>
    public static byte[] Blurred(byte[] rgb, int width, int height, double sigma)
    {
        var reach = (int)Math.Ceiling(4 * sigma);
        var kernel = Enumerable.Range(-reach, (2 * reach) + 1).Select(d => Math.Exp(-d * d / (2 * sigma * sigma))).ToArray();
        return Convolved(Convolved(rgb, width, height, kernel, 1, 0), width, height, kernel, 0, 1);
    }

    /// <summary>The camera moved along the rows, or across them, over an odd number of pixels.</summary>
    public static byte[] Moved(byte[] rgb, int width, int height, int pixels, bool across)
        => Convolved(rgb, width, height, [.. Enumerable.Repeat(1.0, pixels)], across ? 0 : 1, across ? 1 : 0);

    /// <summary>More or less light, clipped.</summary>
    public static byte[] Exposed(byte[] rgb, double stops) => Array.ConvertAll(rgb, code => Code(255 * Encode(Decode(code / 255.0) * Math.Pow(2, stops))));

    /// <summary>Gaussian noise in each channel.</summary>
    public static byte[] Noisy(byte[] rgb, double sigma, Random random)
        => Array.ConvertAll(rgb, code => Code(code + (sigma * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()))));

    private static byte[] Convolved(byte[] rgb, int width, int height, double[] kernel, int stepX, int stepY)
    {
        var (reach, sum) = (kernel.Length / 2, kernel.Sum());
        var result = new byte[rgb.Length];
        for (var i = 0; i < result.Length; i++)
        {
            var (pixel, channel, value) = (i / Channels, i % Channels, 0.0);
            for (var k = -reach; k <= reach; k++)
            {
                var x = Math.Clamp((pixel % width) + (k * stepX), 0, width - 1);
                var y = Math.Clamp((pixel / width) + (k * stepY), 0, height - 1);
                value += rgb[(((y * width) + x) * Channels) + channel] * kernel[k + reach] / sum;
            }

            result[i] = Code(value);
        }

        return result;
    }

    private static byte Code(double value) => (byte)Math.Clamp(Math.Round(value), 0, 255);

    private static double Decode(double code) => code <= 0.04045 ? code / 12.92 : Math.Pow((code + 0.055) / 1.055, 2.4);

    private static double Encode(double light) => light <= 0.0031308 ? light * 12.92 : (1.055 * Math.Pow(Math.Min(light, 1), 1 / 2.4)) - 0.055;
}
