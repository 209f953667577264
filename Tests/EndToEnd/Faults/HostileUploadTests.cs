using System.Text.Json;
using ClassifierFunctions.Tests.Support;
using Xunit.Abstractions;

namespace ClassifierFunctions.Tests.EndToEnd.Faults;

/// <summary>Every hostile file as an upload: a result that says what HTTP says, in bounded memory.</summary>
public sealed class HostileUploadTests(AzuriteFixture azurite, ITestOutputHelper output) : IClassFixture<AzuriteFixture>
{
    private const long MaxBytesOverIdle = 512L * 1024 * 1024;
    private const double Tolerance = 0.001;

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(120);

    [Fact]
    public async Task Upload_EveryHostileFile_HasTheResultThatHttpGives()
    {
        await using var app = await AppProcess.StartAsync(new()
        {
            ["Models__Path"] = TestData.Folder,
            ["AzureWebJobsStorage"] = azurite.ConnectionString,
        });
        var answers = new Dictionary<string, JsonElement>();
        foreach (var image in HostileImage.All)
        {
            using var response = await app.Http.PostBytesAsync("api/classify/squeezenet", image.Bytes);
            answers.Add(image.File, await response.JsonAsync());
        }

        var (idle, _) = app.Memory();
        app.ResetPeakMemory();
        var container = new UploadContainer(azurite.Blobs());
        var uploads = await Task.WhenAll(HostileImage.All.Select(async image
            => (image.File, ETag: await container.UploadAsync(Name(image.File), image.Bytes))));
        var failed = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var (file, etag) in uploads)
        {
            var (result, answer) = (await container.ResultAsync(Name(file), etag, Timeout), answers[file]);
            if (answer.TryGetProperty("predictions", out var predictions))
            {
                Assert.True(result.GetProperty("status").ValueEquals("succeeded"), $"{file}: {result}");
                Assert.True(IsSame(predictions[0], result.GetProperty("predictions")[0]), $"{file}: {answer} {result}");
                Assert.Equal(answer.GetProperty("image").ToString(), result.GetProperty("image").ToString());
                continue;
            }

            Assert.True(result.GetProperty("status").ValueEquals("failed"), $"{file}: {result}");
            var (error, type) = (result.GetProperty("error"), answer.GetProperty("type").GetString()!);
            Assert.True(error.GetProperty("type").ValueEquals(type), $"{file}: {answer} {error}");
            Assert.Equal(answer.GetProperty("status").GetInt32(), error.GetProperty("status").GetInt32());
            failed[type] = failed.GetValueOrDefault(type) + 1;
        }

        await new TriggerQueues(azurite).AssertAllHandledAsync(Timeout);
        var (_, peak) = app.Memory();
        output.WriteLine($"{uploads.Length} files: {uploads.Length - failed.Values.Sum()} succeeded, failed as by HTTP: "
            + $"{string.Join(", ", failed.Select(pair => $"{pair.Key} {pair.Value}"))}; resident memory {idle >> 20} MiB before, {peak >> 20} MiB at most");
        Assert.InRange(failed.Count, 4, int.MaxValue);
        Assert.Equal(0, app.Count("failed, try"));
        Assert.InRange(peak - idle, 0, MaxBytesOverIdle);
        Assert.Equal(0, await app.StopAsync());
    }

    private static string Name(string file) => "squeezenet/hostile/" + file;

    private static bool IsSame(JsonElement expected, JsonElement actual)
        => expected.GetProperty("index").GetInt32() == actual.GetProperty("index").GetInt32()
            && Math.Abs(expected.GetProperty("score").GetDouble() - actual.GetProperty("score").GetDouble()) <= Tolerance;
}
