using ClassifierFunctions.Training.Evaluation;

namespace ClassifierFunctions.Tests.Training.Evaluation;

public sealed class TemperatureTests
{
    [Theory]
    [InlineData(0.5)]
    [InlineData(1)]
    [InlineData(1.7)]
    [InlineData(3)]
    public void Fit_SharesOfATemperature_FindsIt(double temperature)
    {
        var scores = Scores(300, 3);
        Assert.Equal(temperature, Temperature.Fit(scores, [.. scores.Select(row => Softmax(row, temperature))]), 1e-3);
    }

    [Fact]
    public void Fit_DrawnClasses_FindsItNearly()
    {
        var (scores, random) = (Scores(20_000, 3), new Random(2));
        var targets = scores.Select(row =>
        {
            var (shares, rest, k) = (Softmax(row, 1.7), random.NextSingle(), 0);
            while (k < 4 && (rest -= shares[k]) > 0)
                k++;
            var target = new float[5];
            target[k] = 1;
            return target;
        }).ToArray();
        Assert.InRange(Temperature.Fit(scores, targets), 1.6, 1.8);
    }

    [Fact]
    public void CrossEntropy_Scores_IsTheFormula()
    {
        float[][] scores = [[1, 2, 3], [0, -1, 4]];
        float[][] targets = [[0, 0.25f, 0.75f], [1, 0, 0]];
        double Share(float[] row, int k) => Math.Exp(row[k] / 2) / row.Sum(score => Math.Exp(score / 2));
        var expected = -((0.25 * Math.Log(Share(scores[0], 1))) + (0.75 * Math.Log(Share(scores[0], 2))) + Math.Log(Share(scores[1], 0))) / 2;
        Assert.Equal(expected, Temperature.CrossEntropy(scores, targets, 2), 1e-9);
    }

    [Fact]
    public void CrossEntropy_LargeScores_DoesNotOverflow()
        => Assert.Equal(2000, Temperature.CrossEntropy([[1000, -1000]], [[0, 1]], 1), 1e-6);

    [Theory]
    [InlineData(0.6)]
    [InlineData(1.7)]
    [InlineData(3)]
    public void Undo_SharesOfATemperature_GivesThoseWithoutIt(double temperature)
    {
        foreach (var row in Scores(50, 2))
        {
            foreach (var (expected, undone) in Softmax(row, 1).Zip(Temperature.Undo(Softmax(row, temperature), temperature)))
                Assert.Equal(expected, undone, 1e-5);
        }
    }

    private static float[][] Scores(int count, double spread)
    {
        var random = new Random(1);
        return [.. Enumerable.Range(0, count).Select(_ => Enumerable.Range(0, 5).Select(_ => (float)((random.NextDouble() - 0.5) * 2 * spread)).ToArray())];
    }

    private static float[] Softmax(float[] scores, double temperature)
    {
        var sum = scores.Sum(score => Math.Exp(score / temperature));
        return [.. scores.Select(score => (float)(Math.Exp(score / temperature) / sum))];
    }
}
