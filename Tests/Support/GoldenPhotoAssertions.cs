using System.Text.Json;

namespace ClassifierFunctions.Tests.Support;

internal static class GoldenPhotoAssertions
{
    /// <summary>Checks the predictions of an answer: top-1, and the score of each of the golden five.</summary>
    public static void AssertMatches(this GoldenPhoto golden, JsonElement answer)
    {
        var predictions = answer.GetProperty("predictions").EnumerateArray().ToArray();
        Assert.Equal(golden.Top5[0].Index, predictions[0].GetProperty("index").GetInt32());
        Assert.Equal(golden.Top5[0].Label, predictions[0].GetProperty("label").GetString());
        foreach (var (index, _, score) in golden.Top5)
        {
            // A class of tiny score may fall out of the answer's five; then its score is below the last one there.
            var actual = predictions.Where(prediction => prediction.GetProperty("index").GetInt32() == index)
                .Select(prediction => prediction.GetProperty("score").GetDouble())
                .DefaultIfEmpty(predictions[^1].GetProperty("score").GetDouble())
                .Single();
            Assert.InRange(actual, score - GoldenPhoto.Tolerance, score + GoldenPhoto.Tolerance);
        }
    }
}
