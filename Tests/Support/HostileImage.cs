using System.Text.Json;

namespace ClassifierFunctions.Tests.Support;

/// <summary>A damaged, odd, huge or non-image file, and what Pillow says of it.</summary>
internal sealed record HostileImage(string File, string Category, JsonElement Pillow)
{
    private static readonly string[] OurFormats = ["JPEG", "PNG", "WEBP", "GIF", "BMP"];

    public static IReadOnlyList<HostileImage> All { get; } =
    [
        .. TestData.Json("images-hostile", "index.json").GetProperty("images").EnumerateArray()
            .Select(entry => new HostileImage(entry.GetProperty("file").GetString()!, entry.GetProperty("category").GetString()!, entry.GetProperty("pillow"))),
    ];

    public byte[] Bytes => System.IO.File.ReadAllBytes(TestData.Path("images-hostile", File));

    public long Pixels => Pillow.TryGetProperty("size", out var size) ? size[0].GetInt64() * size[1].GetInt64() : 0;

    /// <summary>Pillow opens it, it is of a format that we read, and within the default limit of pixels.</summary>
    public bool MustBeClassified
        => Pillow.GetProperty("status").ValueEquals("ok") && OurFormats.Contains(Pillow.GetProperty("format").GetString()) && Pixels <= 50_000_000;

    /// <summary>Decoders repair damaged files in their own ways; of the others they must see the same picture.</summary>
    public bool MustLookTheSame => MustBeClassified && Category is not ("damaged" or "fuzz") && MeanRgb is not null;

    /// <summary>Mean of the first frame, upright, alpha dropped.</summary>
    public double[]? MeanRgb
        => (Pillow.TryGetProperty("mean_rgb", out var mean) || Pillow.TryGetProperty("mean_rgb_alpha_dropped", out mean)) ? Numbers(mean) : null;

    /// <summary>Means of the quarters: top left, top right, bottom left, bottom right.</summary>
    public double[][]? QuarterMeans
        => Pillow.TryGetProperty("quadrant_mean_rgb_TL_TR_BL_BR", out var quarters) ? [.. quarters.EnumerateArray().Select(Numbers)] : null;

    private static double[] Numbers(JsonElement list) => [.. list.EnumerateArray().Select(number => number.GetDouble())];
}
