using ClassifierFunctions.Training.Degradations;

namespace ClassifierFunctions.Tests.Training.Degradations;

public sealed class SeverityScaleTests
{
    [Fact]
    public void Badness_Severities_RiseStraightBetweenTheLimits()
    {
        Assert.Equal(0, SeverityScale.Badness(-1));
        Assert.Equal(0, SeverityScale.Badness(0.6), 1e-9);
        Assert.Equal(0.5, SeverityScale.Badness(0.75), 1e-9);
        Assert.Equal(1, SeverityScale.Badness(0.9), 1e-9);
        Assert.Equal(1, SeverityScale.Badness(3));
    }

    [Fact]
    public void Strongest_Kinds_AreWhatTheCommentSays()
    {
        Assert.Equal(7.5, SeverityScale.Strongest(Quality.Blurred) * SeverityScale.BlurSigma, 1e-9);
        Assert.Equal(-5, SeverityScale.Strongest(Quality.Dark) * SeverityScale.DarkStops, 1e-9);
        Assert.Equal(4, SeverityScale.Strongest(Quality.Overexposed) * SeverityScale.OverexposedStops, 1e-9);
        Assert.Equal(75, SeverityScale.Strongest(Quality.Noisy) * SeverityScale.NoiseSigma, 1e-9);
    }
}
