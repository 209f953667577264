using System.Reflection;
using ClassifierFunctions.Training;
using SkiaSharp;

namespace ClassifierFunctions.Tests.Training;

/// <summary>Pictures to test with, and what is measured of them.</summary>
internal static class Pictures
{
    private static readonly string Root = typeof(Pictures).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "RepositoryRoot").Value!;

    public static DirectoryInfo Photos => new(Path.Combine(Root, "..", "shared", "testdata", "photos-plain"));

    /// <summary>One colour.</summary>
    public static RgbImage Plain(int width, int height, byte red, byte green, byte blue)
    {
        var image = new RgbImage(width, height);
        for (var i = 0; i < image.Pixels.Length; i += 3)
            (image.Pixels[i], image.Pixels[i + 1], image.Pixels[i + 2]) = (red, green, blue);
        return image;
    }

    public static RgbImage Plain(int width, int height, byte grey) => Plain(width, height, grey, grey, grey);

    /// <summary>Independent random channels.</summary>
    public static RgbImage Random(int width, int height, int seed)
    {
        var image = new RgbImage(width, height);
        new Random(seed).NextBytes(image.Pixels);
        return image;
    }

    /// <summary>Smooth waves in colour: compresses as a photo does.</summary>
    public static RgbImage Waves(int width, int height)
    {
        var image = new RgbImage(width, height);
        for (var i = 0; i < image.Pixels.Length; i++)
        {
            var (channel, x, y) = (i % 3, i / 3 % width, i / 3 / width);
            image.Pixels[i] = (byte)(128 + (100 * Math.Sin((x / (5.0 + channel)) + (y / (9.0 - channel)))));
        }

        return image;
    }

    /// <summary>Copies the first photos of the test data that are large enough, by name.</summary>
    public static void CopyPhotos(string folder, int count)
    {
        foreach (var file in Photos.GetFiles("*.jpg").OrderBy(file => file.Name, StringComparer.Ordinal).Where(IsLargeEnough).Take(count))
            file.CopyTo(Path.Combine(folder, file.Name));
    }

    /// <summary>A decode that is not the engine's.</summary>
    public static RgbImage Decode(byte[] file)
    {
        using var bitmap = SKBitmap.Decode(file);
        var image = new RgbImage(bitmap.Width, bitmap.Height);
        for (var i = 0; i < bitmap.Width * bitmap.Height; i++)
        {
            var colour = bitmap.GetPixel(i % bitmap.Width, i / bitmap.Width);
            (image.Pixels[i * 3], image.Pixels[(i * 3) + 1], image.Pixels[(i * 3) + 2]) = (colour.Red, colour.Green, colour.Blue);
        }

        return image;
    }

    public static double Deviation(IEnumerable<double> values)
    {
        var all = values.ToArray();
        var mean = all.Average();
        return Math.Sqrt(all.Average(value => (value - mean) * (value - mean)));
    }

    public static double Correlation(IReadOnlyList<double> first, IReadOnlyList<double> second)
    {
        var (a, b) = (first.Average(), second.Average());
        return first.Zip(second, (x, y) => (x - a) * (y - b)).Average() / Deviation(first) / Deviation(second);
    }

    /// <summary>Linear light of a code, IEC 61966-2-1.</summary>
    public static double ToLinear(double code) => code / 255 <= 0.04045 ? code / 255 / 12.92 : Math.Pow(((code / 255) + 0.055) / 1.055, 2.4);

    /// <summary>Code of linear light, IEC 61966-2-1.</summary>
    public static double ToCode(double light) => 255 * (light <= 0.0031308 ? 12.92 * light : (1.055 * Math.Pow(light, 1 / 2.4)) - 0.055);

    private static bool IsLargeEnough(FileInfo file)
    {
        using var codec = SKCodec.Create(file.FullName);
        return codec is not null && Math.Min(codec.Info.Width, codec.Info.Height) >= 200;
    }
}
