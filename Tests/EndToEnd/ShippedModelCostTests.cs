using System.Diagnostics;
using ClassifierFunctions.Inference;
using ClassifierFunctions.Models;
using ClassifierFunctions.Tests.Support;
using ClassifierFunctions.Tests.Unit.Imaging;
using Xunit.Abstractions;

namespace ClassifierFunctions.Tests.EndToEnd;

/// <summary>What the model in the box costs, beside SqueezeNet and in the same run: taken in turns, so that whatever else the machine does meets both.</summary>
[Collection(nameof(AloneCollection))]
public sealed class ShippedModelCostTests(ITestOutputHelper output)
{
    private const int Rounds = 60;
    private const int WarmUp = 10;

    private static readonly string PhotoQuality = Path.Combine(Repository.Root, "models", "photo-quality");

    [Fact]
    public async Task Run_BesideSqueezeNet_CostsLess()
    {
        var (ours, squeezenet) = (await Inference("photo-quality", PhotoQuality), await Inference("squeezenet", TestData.Squeezenet));

        var ratio = await RatioAsync(ours, squeezenet);

        output.WriteLine($"one inference: {ratio:0.00} of SqueezeNet's");
        Assert.InRange(ratio, 0, 1);
    }

    [Fact]
    public async Task Classify_OneMegapixelOverHttp_CostsLess()
    {
        using var models = new TemporaryFolder();
        models.CopyModel(PhotoQuality, "photo-quality");
        models.CopyModel(TestData.Squeezenet, "squeezenet");
        await using var app = await AppProcess.StartAsync(new() { ["Models__Path"] = models.Path, ["AzureWebJobsStorage"] = "" });
        var photo = await File.ReadAllBytesAsync(TestData.Path("photos", "cat-1000x1000.jpg"));

        var ratio = await RatioAsync(() => Ask("photo-quality"), () => Ask("squeezenet"));

        output.WriteLine($"one request: {ratio:0.00} of SqueezeNet's");
        Assert.InRange(ratio, 0, 1);

        async Task Ask(string model)
        {
            using var response = await app.Http.PostBytesAsync($"api/classify/{model}", photo);
            response.EnsureSuccessStatusCode();
        }
    }

    private static async Task<Func<Task>> Inference(string name, string folder)
    {
        var model = ModelFolder.Read(name, "1", folder);
        var session = await Sessions.NewAsync(model);
        var buffer = session.Rent();
        return () =>
        {
            session.Run(buffer, CancellationToken.None);
            return Task.CompletedTask;
        };
    }

    // Of medians.
    private static async Task<double> RatioAsync(Func<Task> one, Func<Task> other)
    {
        var (ones, others) = (new List<double>(), new List<double>());
        for (var i = 0; i < WarmUp + Rounds; i++)
        {
            foreach (var (work, times) in ((Func<Task>, List<double>)[])[(one, ones), (other, others)])
            {
                var start = Stopwatch.GetTimestamp();
                await work();
                if (i >= WarmUp)
                    times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }
        }

        return Median(ones) / Median(others);
    }

    private static double Median(List<double> times) => times.Order().ElementAt(times.Count / 2);
}
