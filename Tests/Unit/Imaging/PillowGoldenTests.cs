using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using ClassifierFunctions.Imaging;
using ClassifierFunctions.Tests.Support;
using Xunit.Abstractions;

namespace ClassifierFunctions.Tests.Unit.Imaging;

/// <summary>Twelve photos under two filters, against what Pillow made of them. Prints the table that docs/benchmarks.md keeps.</summary>
public sealed class PillowGoldenTests(ITestOutputHelper output)
{
    private static readonly JsonElement[] Photos = [.. TestData.Json("photos", "golden.json").GetProperty("photos").EnumerateArray()];

    private static readonly ResampleFilter[] Filters = [ResampleFilter.Bilinear, ResampleFilter.Bicubic];

    public static TheoryData<string, ResampleFilter> Cases
    {
        get
        {
            var cases = new TheoryData<string, ResampleFilter>();
            foreach (var photo in Photos.Select(Name))
            {
                foreach (var filter in Filters)
                    cases.Add(photo, filter);
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Process_FullDecode_IsPillowsResult(string photo, ResampleFilter filter)
    {
        var actual = Crop224(filter).Process(TestData.Path("photos", photo), JpegScale.Full);

        // The decoders agree, and nothing behind them differs by a bit. ImageSharp's JPEG rounds, and interpolates chroma, otherwise than libjpeg.
        if (Repository.IsSkia || photo.EndsWith(".png", StringComparison.Ordinal))
            Assert.Equal(Golden(photo, filter).GetProperty("sha256_of_224x224x3").GetString(), Convert.ToHexStringLower(SHA256.HashData(actual)));
        else if (Raw(photo, filter) is { } expected)
            Assert.InRange(Difference.Between(actual, expected).Mean, 0, 0.3);
        AssertBlockMeans(Golden(photo, filter), actual, 2);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Process_ScaledDecode_IsCloseToPillowsResult(string photo, ResampleFilter filter)
    {
        var path = TestData.Path("photos", photo);
        // A full decode is Pillow's result, as the other test shows for all photos; the raw one is at hand for some.
        var expected = Raw(photo, filter) ?? Crop224(filter).Process(path, JpegScale.Full);

        var difference = Difference.Between(Crop224(filter).Process(path), expected);

        Assert.InRange(difference.Mean, 0, 1.0);
        Assert.InRange(difference.Percentile999, 0, 8);
    }

    [Fact]
    public void Process_AllPhotos_PrintsTheTable()
    {
        output.WriteLine("| photo | filter | full decode: mean, 99.9 %, max | scale | scaled decode: mean, 99.9 %, max |");
        output.WriteLine("|---|---|---|---|---|");
        foreach (var photo in Photos.Select(Name))
        {
            foreach (var filter in Filters)
            {
                var path = TestData.Path("photos", photo);
                var full = Crop224(filter).Process(path, JpegScale.Full);
                var isExact = Golden(photo, filter).GetProperty("sha256_of_224x224x3").GetString() == Convert.ToHexStringLower(SHA256.HashData(full));
                var fullDifference = isExact ? "identical" : Raw(photo, filter) is { } raw ? Difference.Between(full, raw).ToString() : "not at hand";
                using var image = Decoding.Open(path);
                var eighths = image.SupportedScale(Crop224(filter).Scale(image));
                var scaled = Difference.Between(Crop224(filter).Process(path), Raw(photo, filter) ?? full);
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {photo} | {filter} | {fullDifference} | {eighths}/8 | {(eighths == JpegScale.Full ? "the same" : scaled)} |"));
            }
        }

        Assert.Equal(12, Photos.Length);
    }

    private static Preprocessor Crop224(ResampleFilter filter) => new(
        new PreprocessorConfig { ShortestEdge = 256, CropWidth = 224, CropHeight = 224, Resample = filter }, TensorLayout.Nhwc, TensorElement.UInt8, 3);

    private static string Name(JsonElement photo) => photo.GetProperty("file").GetString()!;

    private static JsonElement Golden(string photo, ResampleFilter filter)
        => Photos.Single(entry => Name(entry) == photo).GetProperty("results").GetProperty(filter.ToString().ToLowerInvariant());

    private static byte[]? Raw(string photo, ResampleFilter filter)
        => Golden(photo, filter).TryGetProperty("raw_file", out var file) ? File.ReadAllBytes(TestData.Path("photos", file.GetString()!)) : null;

    // Means of 14 x 14 blocks of 16 x 16 pixels.
    private static void AssertBlockMeans(JsonElement golden, byte[] actual, double tolerance)
    {
        var expected = golden.GetProperty("block_means_14x14x3").EnumerateArray().Select(value => value.GetDouble()).ToArray();
        var sums = new double[expected.Length];
        for (var i = 0; i < actual.Length; i++)
        {
            var (y, x, c) = (i / (224 * 3), i / 3 % 224, i % 3);
            sums[(((y / 16 * 14) + (x / 16)) * 3) + c] += actual[i];
        }

        for (var i = 0; i < expected.Length; i++)
            Assert.InRange(sums[i] / (16 * 16), expected[i] - tolerance, expected[i] + tolerance);
    }
}
