using System.Text.Json;

namespace ClassifierFunctions.Tests.Load;

/// <summary>
/// What the answer for one image must say. An answer is parsed only when it differs in a byte from those found right before: runs of several images
/// may move a score's last digits.
/// </summary>
/// <param name="model">The model that must have answered.</param>
/// <param name="scores">Classes and their scores, best first.</param>
/// <param name="tolerance">By which a score may differ.</param>
internal sealed class ExpectedAnswer(string model, IReadOnlyList<(int Index, double Score)> scores, double tolerance)
{
    private readonly byte[]?[] _right = new byte[8][];
    private int _next = -1;

    /// <summary>What the same image was answered before.</summary>
    public static ExpectedAnswer From(JsonElement answer, double tolerance)
        => new(answer.GetProperty("model").GetString()!, Read(answer), tolerance);

    public bool IsIn(in LoadAnswer answer)
    {
        if (answer.Status != 200)
            return false;
        foreach (var right in _right)
        {
            if (right is not null && answer.Body.SequenceEqual(right))
                return true;
        }

        var body = answer.Body.ToArray();
        if (!Matches(body))
            return false;
        _right[(uint)Interlocked.Increment(ref _next) % _right.Length] = body;
        return true;
    }

    private static (int Index, double Score)[] Read(JsonElement answer)
        => [.. answer.GetProperty("predictions").EnumerateArray().Select(prediction =>
            (prediction.GetProperty("index").GetInt32(), prediction.GetProperty("score").GetDouble()))];

    private bool Matches(byte[] body)
    {
        using var document = JsonDocument.Parse(body);
        var actual = Read(document.RootElement);
        return document.RootElement.GetProperty("model").GetString() == model
            && actual[0].Index == scores[0].Index
            && scores.All(expected => Math.Abs(Score(expected.Index) - expected.Score) <= tolerance);

        // A class of tiny score may fall out of the answer's few; then its score is below the last one there.
        double Score(int index) => actual.FirstOrDefault(prediction => prediction.Index == index, actual[^1]).Score;
    }
}
