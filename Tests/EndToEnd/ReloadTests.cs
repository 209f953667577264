using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using ClassifierFunctions.Models.Onnx;
using ClassifierFunctions.Tests.Load;
using ClassifierFunctions.Tests.Support;
using ClassifierFunctions.Tests.Unit.Imaging;
using Google.Protobuf;

namespace ClassifierFunctions.Tests.EndToEnd;

/// <summary>Versions come and go while clients ask: no request fails, and each answer is of one version, whole.</summary>
[Collection(nameof(AloneCollection))]
public sealed class ReloadTests : IDisposable
{
    private const int Clients = 16;
    private const int SomeAnswers = 200;

    private static readonly TimeSpan SwitchTime = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly TemporaryFolder _models = new();
    private LoadGenerator? _generator;
    private int _latest;

    private LoadGenerator Generator => _generator!;

    [Fact]
    public async Task Classify_VersionsComeAndGo_NoRequestFails()
    {
        await AppearAsync(1, onnx => onnx);
        await using var app = await AppProcess.StartAsync(new() { ["Models__Path"] = _models.Path, ["AzureWebJobsStorage"] = "" });
        var digit = TestData.Path("mnist", "images", "digit-7.png");
        _generator = new LoadGenerator(app.Address, [LoadRequest.Classify(app.Address, "m", digit)], Check);
        using var stop = new CancellationTokenSource();
        var load = Generator.RunAsync(Clients, LoadSchedule.Until(stop.Token));
        await MoreAnswersAsync();

        var copying = Stopwatch.GetTimestamp();
        await AppearAsync(2, onnx => onnx);
        await Eventually.HoldsAsync(() => Task.FromResult(Volatile.Read(ref _latest) == 2), SwitchTime, "An answer of version 2");

        // Damaged, and sound but of an operator that no runtime has: the one shows when it is read, the other when it is loaded.
        await AppearAsync(3, onnx => onnx[..(onnx.Length / 2)]);
        await AppearAsync(4, WithUnknownOperator);
        await Eventually.HoldsAsync(() => AreFailedAsync(app, "3", "4"), Patience, "Versions 3 and 4 listed as failed");
        await MoreAnswersAsync();

        var deleting = Stopwatch.GetTimestamp();
        Directory.Delete(Folder(2), recursive: true);
        await Eventually.HoldsAsync(() => Task.FromResult(Volatile.Read(ref _latest) == 1), SwitchTime, "An answer of version 1");
        await MoreAnswersAsync();
        await stop.CancelAsync();
        var result = await load;

        Assert.Null(result.FirstProblem);
        Assert.Equal(result.Samples.Count, result.Count(200));
        // Whoever saw the new version never gets the old one again.
        var switched = result.Samples.Where(sample => sample.Verdict.Tag == 2).Min(sample => sample.Ended);
        var back = result.Samples.Where(sample => sample.Verdict.Tag == 1 && sample.Started > deleting).Min(sample => sample.Ended);
        Assert.True(switched > copying);
        Assert.All(result.Samples.Where(sample => sample.Started > switched && sample.Ended < deleting), sample => Assert.Equal(2, sample.Verdict.Tag));
        Assert.All(result.Samples.Where(sample => sample.Started > back), sample => Assert.Equal(1, sample.Verdict.Tag));
    }

    public void Dispose() => _models.Dispose();

    // MNIST's model, whose labels say which version they are of. Copied as cp does it, file by file; half of the graph is there for some time.
    private async Task AppearAsync(int version, Func<byte[], byte[]> change)
    {
        Directory.CreateDirectory(Folder(version));
        var config = JsonNode.Parse(await File.ReadAllTextAsync(TestData.Path("mnist", "config.json")))!;
        for (var digit = 0; digit < 10; digit++)
            config["id2label"]![$"{digit}"] = $"{digit} of {version}";
        await File.WriteAllTextAsync(Path.Combine(Folder(version), "config.json"), config.ToJsonString());

        var onnx = change(await File.ReadAllBytesAsync(TestData.Path("mnist", "model.onnx")));
        await using (var file = File.Create(Path.Combine(Folder(version), "model.onnx")))
        {
            await file.WriteAsync(onnx.AsMemory(0, onnx.Length / 2));
            await file.FlushAsync();
            await MoreAnswersAsync();
            await file.WriteAsync(onnx.AsMemory(onnx.Length / 2));
        }

        File.Copy(TestData.Path("mnist", "preprocessor_config.json"), Path.Combine(Folder(version), "preprocessor_config.json"));
    }

    private static byte[] WithUnknownOperator(byte[] onnx)
    {
        var model = ModelProto.Parser.ParseFrom(onnx);
        model.Graph.Node[0].OpType = "OfNoRuntime";
        return model.ToByteArray();
    }

    private static async Task<bool> AreFailedAsync(AppProcess app, params string[] versions)
    {
        using var response = await app.Http.GetAsync(new Uri("api/models/m", UriKind.Relative));
        var listed = (await response.JsonAsync()).GetProperty("versions").EnumerateArray().ToArray();
        return versions.All(version => listed.Any(entry =>
            entry.GetProperty("version").ValueEquals(version) && entry.GetProperty("state").ValueEquals("failed")));
    }

    private string Folder(int version) => Path.Combine(_models.Path, "m", $"{version}");

    private async Task MoreAnswersAsync()
    {
        if (_generator is not { Answered: var before })
            return;
        await Eventually.HoldsAsync(() => Task.FromResult(Generator.Answered >= before + SomeAnswers), Patience, $"{SomeAnswers} more answers");
    }

    private LoadVerdict Check(int request, in LoadAnswer answer)
    {
        if (answer.Status != 200)
            return false;
        using var document = JsonDocument.Parse(answer.Body.ToArray());
        var version = document.RootElement.GetProperty("version").GetString()!;
        var best = document.RootElement.GetProperty("predictions")[0];
        var tag = short.Parse(version, System.Globalization.CultureInfo.InvariantCulture);
        Volatile.Write(ref _latest, tag);
        return new LoadVerdict(best.GetProperty("label").ValueEquals($"7 of {version}") && best.GetProperty("score").GetDouble() > 0.99, tag);
    }
}
