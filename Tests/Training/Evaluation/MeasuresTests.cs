using ClassifierFunctions.Training.Degradations;
using ClassifierFunctions.Training.Evaluation;

namespace ClassifierFunctions.Tests.Training.Evaluation;

public sealed class MeasuresTests
{
    // Truth, answer, confidence.
    private static readonly Answer[] Answers =
    [
        Of("a", Quality.Good, Quality.Good, 0.9f), Of("a", Quality.Good, Quality.Blurred, 0.9f), Of("b", Quality.Good, Quality.Good, 0.6f),
        Of("b", Quality.Blurred, Quality.Blurred, 0.6f), Of("c", Quality.Blurred, Quality.Good, 0.5f), Of("c", Quality.Dark, Quality.Dark, 1f),
        Of("d", Quality.Noisy, Quality.Dark, 0.5f), Of("d", Quality.Overexposed, Quality.Overexposed, 0.5f),
    ];

    [Fact]
    public void Accuracy_Answers_IsTheShareOfRightOnes() => Assert.Equal(5 / 8.0, Measures.Accuracy(Answers), 1e-12);

    [Theory]
    [InlineData("Good", 2 / 3.0, 2 / 3.0)]
    [InlineData("Blurred", 0.5, 0.5)]
    [InlineData("Dark", 1, 0.5)]
    [InlineData("Overexposed", 1, 1)]
    [InlineData("Noisy", 0, double.NaN)]
    public void RecallAndPrecision_Answers_AreCountedByHand(string quality, double recall, double precision)
    {
        Assert.Equal(recall, Measures.Recall(Answers, Enum.Parse<Quality>(quality)), 1e-12);
        Assert.Equal(precision, Measures.Precision(Answers, Enum.Parse<Quality>(quality)), 1e-12);
    }

    [Fact]
    public void Confusion_Answers_CountsTruthByRow()
        => Assert.Equal(new[,] { { 2, 1, 0, 0, 0 }, { 1, 1, 0, 0, 0 }, { 0, 0, 1, 0, 0 }, { 0, 0, 0, 1, 0 }, { 0, 0, 1, 0, 0 } }, Measures.Confusion(Answers));

    [Fact]
    public void Reliability_Answers_AreInBinsOfAFifteenth()
    {
        // Bins of 1/15: 0.5, 0.6 and 0.9 lie in three of them, 1 in the last.
        var bins = Measures.Reliability(Answers);
        Assert.Equal([3, 2, 2, 1], bins.Select(bin => bin.Count));
        Assert.Equal([0.5, 0.6, 0.9, 1.0], bins.Select(bin => Math.Round(bin.Confidence, 5)));
        Assert.Equal([1 / 3.0, 1, 0.5, 1], bins.Select(bin => bin.Accuracy));
    }

    [Fact]
    public void Reliability_NearConfidences_AreParted()
    {
        // 0.66 is below and 0.67 above 10/15; 0.6 to 0.66 lie in one bin.
        float[] confidences = [0.605f, 0.66f, 0.67f, 0.73f, 0.74f];
        var bins = Measures.Reliability(confidences.Select(confidence => Of("a", Quality.Dark, Quality.Dark, confidence)));
        Assert.Equal([2, 2, 1], bins.Select(bin => bin.Count));
    }

    [Fact]
    public void CalibrationError_Answers_IsCountedByHand()
        => Assert.Equal(((3 * (0.5 - (1 / 3.0))) + (2 * 0.4) + (2 * 0.4) + 0) / 8, Measures.CalibrationError(Answers), 1e-6);

    [Fact]
    public void CalibrationError_RightAsOftenAsSure_IsNothing()
    {
        var answers = Enumerable.Range(0, 10).Select(i => Of($"{i}", i < 8 ? Quality.Dark : Quality.Good, Quality.Dark, 0.8f)).ToArray();
        Assert.Equal(0, Measures.CalibrationError(answers), 1e-6);
    }

    [Fact]
    public void AccuracyInterval_IndependentPhotos_IsThatOfTheBinomial()
    {
        var answers = Photos(400, each: 1, right: 0.8);
        var (low, high) = Measures.AccuracyInterval(answers, seed: 1);
        var reach = 1.96 * Math.Sqrt(0.8 * 0.2 / 400);
        Assert.Equal(0.8 - reach, low, 0.006);
        Assert.Equal(0.8 + reach, high, 0.006);
    }

    [Fact]
    public void AccuracyInterval_FewerPhotosOfMoreCopies_IsWider()
    {
        // 400 pictures each time, and copies of one photo all right or all wrong.
        double Width(int photos)
        {
            var (low, high) = Measures.AccuracyInterval(Photos(photos, 400 / photos, right: 0.8), seed: 1);
            Assert.True(low <= 0.8 && high >= 0.8);
            return high - low;
        }

        // The width goes with the square root of the number of photos.
        Assert.InRange(Width(40) / Width(400), 2.6, 3.8);
        Assert.InRange(Width(10) / Width(40), 1.6, 2.4);
    }

    [Fact]
    public void AccuracyInterval_SameSeed_GivesTheSame()
    {
        var answers = Photos(40, each: 3, right: 0.7);
        Assert.Equal(Measures.AccuracyInterval(answers, seed: 4), Measures.AccuracyInterval(answers, seed: 4));
    }

    [Fact]
    public void AccuracyInterval_AllRight_IsOne() => Assert.Equal((1.0, 1.0), Measures.AccuracyInterval(Photos(20, each: 2, right: 1), seed: 1));

    private static Answer[] Photos(int count, int each, double right)
        => [.. Enumerable.Range(0, count * each).Select(i => Of($"{i / each}", i / each < right * count ? Quality.Dark : Quality.Good, Quality.Dark, 0.9f))];

    private static Answer Of(string photo, Quality truth, Quality answer, float confidence)
    {
        var scores = Enumerable.Repeat((1 - confidence) / 4, 5).ToArray();
        scores[(int)answer] = confidence;
        return new Answer(photo, truth, 1, scores);
    }
}
