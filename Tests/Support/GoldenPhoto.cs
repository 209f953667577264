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

    /// <summary>Checks the predictions of an answer: top-1, and the score of each of the golden five.</summary>
    public void AssertMatches(JsonElement answer)
    {
        var predictions = answer.GetProperty("predictions").EnumerateArray().ToArray();
        Assert.Equal(Top5[0].Index, predictions[0].GetProperty("index").GetInt32());
        Assert.Equal(Top5[0].Label, predictions[0].GetProperty("label").GetString());
        foreach (var (index, _, score) in Top5)
        {
            // A class of tiny score may fall out of the answer's five; then its score is below the last one there.
            var actual = predictions.Where(prediction => prediction.GetProperty("index").GetInt32() == index)
                .Select(prediction => prediction.GetProperty("score").GetDouble())
                .DefaultIfEmpty(predictions[^1].GetProperty("score").GetDouble())
                .Single();
            Assert.InRange(actual, score - Tolerance, score + Tolerance);
        }
    }
}
