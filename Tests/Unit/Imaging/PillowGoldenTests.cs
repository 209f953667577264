using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using ClassifierFunctions.Imaging;
using ClassifierFunctions.Tests.Support;
using Xunit.Abstractions;

namespace ClassifierFunctions.Tests.Unit.Imaging;

/// <summary>Twelve photos under two filters, against what Pillow made of them. Prints the table of docs/benchmarks.md.</summary>
public sealed class PillowGoldenTests(ITestOutputHelper output)
{
    private static readonly JsonElement Golden = TestData.Json("photos", "golden.json");

    public static TheoryData<string, string> Cases
    {
        get
        {
            var cases = new TheoryData<string, string>();
            foreach (var photo in Golden.GetProperty("photos").EnumerateArray())
            {
                cases.Add(photo.GetProperty("file").GetString()!, "bilinear");
                cases.Add(photo.GetProperty("file").GetString()!, "bicubic");
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Process_Photo_IsPillowsResult(string file, string filter)
    {
        var preprocessor = new Preprocessor(
            new PreprocessorConfig { ShortestEdge = 256, CropWidth = 224, CropHeight = 224, Resample = Enum.Parse<ResampleFilter>(filter, ignoreCase: true) },
            TensorLayout.Nhwc, TensorElement.UInt8, 3);
        var path = TestData.Path("photos", file);
        var golden = Golden.GetProperty("photos").EnumerateArray().Single(photo => photo.GetProperty("file").GetString() == file).GetProperty("results").GetProperty(filter);

        var full = preprocessor.Process(path, JpegScale.Full);
        var scaled = preprocessor.Process(path);
        var isExact = Convert.ToHexStringLower(SHA256.HashData(full)) == golden.GetProperty("sha256_of_224x224x3").GetString();
        output.WriteLine($"{file} {filter}: exact {isExact}");
        if (golden.TryGetProperty("raw_file", out var raw))
            output.WriteLine(Difference.Between(full, File.ReadAllBytes(TestData.Path("photos", raw.GetString()!))).ToString());
        output.WriteLine("scaled " + Difference.Between(scaled, full));
        Assert.True(isExact);
    }
}
