namespace ClassifierFunctions.Training.Scenes;

/// <summary>The tones of a finished scene: where its darkest and lightest parts lie, and its mean.</summary>
/// <param name="Black">Code value of the darkest half percent of the channels.</param>
/// <param name="White">Code value of the lightest half percent of the channels.</param>
/// <param name="Mean">Mean luminance, as a code value.</param>
internal readonly record struct Exposure(float Black, float White, float Mean)
{
    private const double Tail = 0.005;
    private const float Toe = 0.04f;

    /// <summary>Mostly mid tones; now and then a night that is meant to be dark or snow that is meant to be bright.</summary>
    public static Exposure Draw(Random random)
    {
        var key = random.NextDouble();
        var spread = (float)random.NextDouble();
        var black = 4 + 22 * (float)random.NextDouble();
        var white = 222 + 28 * (float)random.NextDouble();
        return key switch
        {
            < 0.06 => new Exposure(black * 0.5f, white, 46 + 22 * spread),
            > 0.94 => new Exposure(black, 246, 180 + 22 * spread),
            _ => new Exposure(black, white, 76 + 50 * (spread + (float)random.NextDouble())),
        };
    }

    /// <summary>Stretches the tails to black and white, then bends the curve (a gamma) until the mean is met.</summary>
    public void Apply(RgbImage image)
    {
        var (histogram, codes) = Histograms(image);
        var (low, high) = (Quantile(codes, Tail), Quantile(codes, 1 - Tail));
        var scale = 1f / Math.Max(high - low, 24);
        // A gamma beyond these bounds turns gradients into bands: the mean is then only approached.
        var (flat, steep) = (0.4f, 2.4f);
        for (var step = 0; step < 14; step++)
        {
            var middle = (flat + steep) / 2;
            if (MeanOf(histogram, low, scale, middle) > Mean)
                flat = middle;
            else
                steep = middle;
        }

        var table = new byte[256];
        for (var code = 0; code < 256; code++)
            table[code] = (byte)Math.Clamp(MathF.Round(Curve(code, low, scale, flat)), 0, 255);
        var pixels = image.Pixels;
        for (var i = 0; i < pixels.Length; i++)
            pixels[i] = table[pixels[i]];
    }

    /// <summary>Beyond black and white a soft shoulder follows, as film and cameras have, so that little is clipped.</summary>
    private float Curve(float code, float low, float scale, float gamma)
    {
        var t = (code - low) * scale;
        if (t <= 0)
            return Black * MathF.Exp(t * (White - Black) / Black);
        if (t >= 1)
            return White + (254 - White) * (1 - MathF.Exp((1 - t) * 4));
        // Shifted from 0, where a gamma below 1 would be infinitely steep.
        var (from, to) = (MathF.Pow(Toe, gamma), MathF.Pow(1 + Toe, gamma));
        return Black + (White - Black) * (MathF.Pow(t + Toe, gamma) - from) / (to - from);
    }

    private double MeanOf(int[] histogram, float low, float scale, float gamma)
    {
        double sum = 0, count = 0;
        for (var code = 0; code < 256; code++)
        {
            if (histogram[code] == 0)
                continue;
            sum += histogram[code] * (double)Curve(code, low, scale, gamma);
            count += histogram[code];
        }

        return sum / count;
    }

    // Of the Rec. 601 luma in 8-bit fixed point, and of the three channels together.
    private static (int[] Luma, int[] Codes) Histograms(RgbImage image)
    {
        var (luma, codes) = (new int[256], new int[256]);
        var pixels = image.Pixels;
        for (var i = 0; i < pixels.Length; i += 3)
        {
            var (red, green, blue) = (pixels[i], pixels[i + 1], pixels[i + 2]);
            luma[(77 * red + 150 * green + 29 * blue) >> 8]++;
            codes[red]++;
            codes[green]++;
            codes[blue]++;
        }

        return (luma, codes);
    }

    private static int Quantile(int[] histogram, double share)
    {
        double total = 0;
        foreach (var count in histogram)
            total += count;
        var rest = total * share;
        for (var code = 0; code < 256; code++)
        {
            rest -= histogram[code];
            if (rest <= 0)
                return code;
        }

        return 255;
    }
}
