using System.Net;
using System.Text.Json;
using ClassifierFunctions.Tests.Support;

namespace ClassifierFunctions.Tests.EndToEnd;

/// <summary>Batches of a model whose batch axis is dynamic, seen from outside.</summary>
public sealed class BatchTests
{
    [Fact]
    public async Task Classify_ManyAtOnceInBatches_EachGetsItsOwnAnswerAndABadImageFailsAlone()
    {
        var photos = Directory.GetFiles(TestData.Path("photos-plain"), "*.jpg").Order().Take(24).Select(File.ReadAllBytes).ToArray();
        var alone = await AnswersAsync(photos, maxBatchSize: 1);
        var batched = await AnswersAsync([.. photos, photos[0][..(photos[0].Length / 2)]], maxBatchSize: 8);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, batched[^1].Status);
        for (var i = 0; i < photos.Length; i++)
        {
            Assert.Equal(HttpStatusCode.OK, batched[i].Status);
            Assert.Equal(Scores(alone[i].Json), Scores(batched[i].Json), (a, b) => Math.Abs(a - b) < 1e-4);
        }
    }

    private static double[] Scores(JsonElement answer)
        => [.. answer.GetProperty("predictions").EnumerateArray().OrderBy(prediction => prediction.GetProperty("index").GetInt32()).Select(prediction => prediction.GetProperty("score").GetDouble())];

    private static async Task<(HttpStatusCode Status, JsonElement Json)[]> AnswersAsync(byte[][] photos, int maxBatchSize)
    {
        await using var app = await AppProcess.StartAsync(new()
        {
            ["Models__Path"] = Path.Combine(Repository.Root, "models"),
            ["AzureWebJobsStorage"] = "",
            ["Inference__MaxBatchSize"] = $"{maxBatchSize}",
            ["Inference__MaxBatchDelayMs"] = "20",
        });
        var answers = await Task.WhenAll(photos.Select(async photo =>
        {
            using var response = await app.Http.PostBytesAsync("api/classify/photo-quality", photo);
            return (response.StatusCode, await response.JsonAsync());
        }));
        using var models = await app.Http.GetAsync(new Uri("api/models/photo-quality", UriKind.Relative));
        Assert.Equal(maxBatchSize, (await models.JsonAsync()).GetProperty("versions")[0].GetProperty("maxBatchSize").GetInt32());
        return answers;
    }
}
