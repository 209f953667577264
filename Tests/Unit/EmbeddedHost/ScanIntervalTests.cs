using ClassifierFunctions.EmbeddedHost.Triggers;

namespace ClassifierFunctions.Tests.Unit.EmbeddedHost;

public sealed class ScanIntervalTests
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(0.01, 1)]
    [InlineData(0.5, 1.5)]
    [InlineData(1.4, 4.2)]
    [InlineData(2, 3)]
    [InlineData(2.5, 2)]
    [InlineData(3, 1.5)]
    [InlineData(60, 30)]
    public void PauseAfter_Scan_IsThreeTimesItUnlessABlobWouldWaitTooLong(double scan, double pause)
        => Assert.Equal(pause, ScanInterval.PauseAfter(TimeSpan.FromSeconds(scan)).TotalSeconds, precision: 6);
}
