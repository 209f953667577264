using ClassifierFunctions.Tests.Load;
using ClassifierFunctions.Tests.Support;
using ClassifierFunctions.Tests.Unit.Imaging;

namespace ClassifierFunctions.Tests.EndToEnd;

/// <summary>Two models under many clients: every answer is of the model that was asked, and of the image that was sent.</summary>
[Collection(nameof(AloneCollection))]
public sealed class MixedLoadTests
{
    private const int Clients = 64;
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task Classify_TwoModelsUnderLoad_EveryAnswerIsGolden()
    {
        await using var app = await AppProcess.StartAsync(new() { ["Models__Path"] = TestData.Folder, ["AzureWebJobsStorage"] = "" });

        var load = await GoldenLoad.Create(app.Address).RunAsync(Clients, LoadSchedule.For(Duration));

        Assert.Null(load.FirstProblem);
        Assert.Equal((0, 0), (load.Failures, load.Wrong));
        Assert.Equal(load.Samples.Count, load.Count(200));
        // Both were asked, by more than a first request per client.
        Assert.All([GoldenLoad.SqueezenetTag, GoldenLoad.MnistTag], tag => Assert.True(load.Samples.Count(sample => sample.Verdict.Tag == tag) > Clients / 2));
    }
}
