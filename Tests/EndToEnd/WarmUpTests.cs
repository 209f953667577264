using System.Net;
using ClassifierFunctions.Tests.Support;

namespace ClassifierFunctions.Tests.EndToEnd;

/// <summary>Models that are loaded before the first request.</summary>
public sealed class WarmUpTests
{
    [Fact]
    public async Task Start_WarmModels_AreLoadedOnceReady()
    {
        await using var app = await AppProcess.StartAsync(new()
        {
            ["Models__Path"] = TestData.Folder,
            ["Models__Warm"] = "squeezenet",
            ["AzureWebJobsStorage"] = "",
        });
        await Eventually.HoldsAsync(async () => await StatusAsync(app) == HttpStatusCode.OK, TimeSpan.FromSeconds(30), "Readiness");

        using var answer = await app.Http.GetAsync(new Uri("api/models", UriKind.Relative));
        Assert.Equal(
            [("mnist", "available"), ("squeezenet", "loaded")],
            (await answer.JsonAsync()).GetProperty("models").EnumerateArray()
                .Select(model => (model.GetProperty("name").GetString()!, model.GetProperty("versions")[0].GetProperty("state").GetString()!)));
        Assert.Equal(1, app.Count("Session created"));
    }

    [Fact]
    public async Task Start_WarmModelBroken_IsNotReadyUntilItIsMended()
    {
        using var folder = new TemporaryFolder();
        folder.CopyModel(TestData.Path("mnist"), "good");
        var broken = folder.CopyModel(TestData.Path("mnist"), "broken");
        File.WriteAllText(broken + "/model.onnx", "<html>404</html>");
        await using var app = await AppProcess.StartAsync(new() { ["Models__Path"] = folder.Path, ["Models__Warm"] = "good,broken", ["AzureWebJobsStorage"] = "" });
        await Eventually.HoldsAsync(() => Task.FromResult(app.Count("Model broken is not warm yet") > 0), TimeSpan.FromSeconds(30), "The first try");
        using (var ready = await app.Http.GetAsync(new Uri("api/health/ready", UriKind.Relative)))
        {
            var problem = await ready.AssertProblemAsync(HttpStatusCode.ServiceUnavailable, "model-unavailable");
            Assert.Contains("broken", problem.GetProperty("detail").GetString()!, StringComparison.Ordinal);
        }

        File.Copy(TestData.Path("mnist", "model.onnx"), broken + "/model.onnx", overwrite: true);
        await Eventually.HoldsAsync(async () => await StatusAsync(app) == HttpStatusCode.OK, TimeSpan.FromSeconds(60), "Readiness");
    }

    private static async Task<HttpStatusCode> StatusAsync(AppProcess app)
    {
        using var ready = await app.Http.GetAsync(new Uri("api/health/ready", UriKind.Relative));
        return ready.StatusCode;
    }
}
