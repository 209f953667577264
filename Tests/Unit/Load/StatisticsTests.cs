using ClassifierFunctions.Tests.Load;

namespace ClassifierFunctions.Tests.Unit.Load;

public sealed class StatisticsTests
{
    [Fact]
    public void Line_FivePoints_GivesSlopeAndError()
    {
        // By hand: means 3 and 4, sums of squares and products 10 and 6, so 6 / 10; the rests' squares add up to 2.4, so the error is √(2.4 / 3 / 10).
        var (slope, error) = Statistics.Line([(1, 2), (2, 4), (3, 5), (4, 4), (5, 5)]);

        Assert.Equal(0.6, slope, 1e-12);
        Assert.Equal(0.28284271, error, 1e-8);
    }

    [Theory]
    [InlineData(0.5, 51)]
    [InlineData(0.99, 100)]
    [InlineData(1, 100)]
    public void Quantile_OneToHundred_LeavesThatShareBelow(double share, double expected)
        => Assert.Equal(expected, Statistics.Quantile([.. Enumerable.Range(1, 100).Reverse().Select(value => (double)value)], share));
}
