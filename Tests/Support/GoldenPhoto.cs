using System.Text.Json;

namespace ClassifierFunctions.Tests.Support;

/// <summary>A SqueezeNet photo with the top five that ONNX Runtime gave for Pillow's pixels.</summary>
internal sealed record GoldenPhoto(string File, IReadOnlyList<(int Index, string Label, double Score)> Top5)
{
    // The data's README allows 0.01 for float16. ImageSharp decodes chroma without libjpeg's smoothing, which moves scores further.
    public static double Tolerance => Repository.IsSkia ? 0.01 : 0.03;

    public static IReadOnlyList<GoldenPhoto> All { get; } = [.. TestData.Json("squeezenet", "golden.json").GetProperty("photos").EnumerateArray().Select(Read)];

    public string Path => TestData.Path("squeezenet", File);

    public static GoldenPhoto Named(string file) => All.Single(photo => photo.File == "photos/" + file);

    private static GoldenPhoto Read(JsonElement photo) => new(
        photo.GetProperty("file").GetString()!,
        [.. photo.GetProperty("top5").GetProperty("crop_mean").EnumerateArray().Select(entry =>
            (entry.GetProperty("index").GetInt32(), entry.GetProperty("label").GetString()!, entry.GetProperty("probability").GetDouble()))]);
}
