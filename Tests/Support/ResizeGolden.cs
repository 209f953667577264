using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;

namespace ClassifierFunctions.Tests.Support;

/// <summary>A resize that another library did; <c>Golden/resize.txt</c> says how.</summary>
internal sealed record ResizeGolden(string Kind, int Width, int Height, int TargetWidth, int TargetHeight, int Filter, string Result)
{
    private const string HashPrefix = "sha256:";

    public static IReadOnlyList<ResizeGolden> All { get; } = [.. Lines().Where(line => line is not ("" or ['#', ..])).Select(Parse)];

    /// <summary>The library's picture, where all of it was kept.</summary>
    public byte[]? Pixels => Result.StartsWith(HashPrefix, StringComparison.Ordinal) ? null : Convert.FromBase64String(Result);

    /// <summary>The picture that was resized.</summary>
    public UprightPixels Source()
    {
        var rgb = new byte[Width * Height * 3];
        for (var i = 0; i < rgb.Length; i++)
        {
            var (y, x, c) = (i / (Width * 3), i / 3 % Width, i % 3);
            rgb[i] = (byte)((3 * y * y) + (5 * x * x) + (7 * x * y) + (41 * c));
        }

        return new UprightPixels(Width, Height, rgb);
    }

    public bool Is(ReadOnlySpan<byte> pixels) => Pixels is { } expected
        ? pixels.SequenceEqual(expected)
        : Convert.ToHexStringLower(SHA256.HashData(pixels)).StartsWith(Result[HashPrefix.Length..], StringComparison.Ordinal);

    public override string ToString() => $"{Kind} {Width}x{Height} to {TargetWidth}x{TargetHeight}, filter {Filter}";

    private static IEnumerable<string> Lines()
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream("resize.txt")!);
        while (reader.ReadLine() is { } line)
            yield return line;
    }

    private static ResizeGolden Parse(string line)
    {
        var fields = line.Split(' ');
        var sizes = fields[1..3].SelectMany(size => size.Split('x')).Select(number => int.Parse(number, CultureInfo.InvariantCulture)).ToArray();
        return new ResizeGolden(fields[0], sizes[0], sizes[1], sizes[2], sizes[3], int.Parse(fields[3], CultureInfo.InvariantCulture), fields[4]);
    }
}
