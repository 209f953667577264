using ClassifierFunctions.Tests.Load;
using ClassifierFunctions.Tests.Support;

namespace ClassifierFunctions.Benchmarks.Serving;

/// <summary>The app that the benchmarks ask: the Release build, as a process of its own, with models of the test data and the one in the box.</summary>
internal static class ServingApp
{
    public const string Squeezenet = "squeezenet";
    public const string PhotoQuality = "photo-quality";

    /// <summary>SqueezeNet with a dynamic batch axis.</summary>
    public const string SqueezenetBatch = "squeezenet-batch";

    public static void AddModels(TemporaryFolder folder)
    {
        folder.CopyModel(TestData.Squeezenet, Squeezenet);
        folder.CopyModel(TestData.Path("mnist"), "mnist");
        folder.CopyModel(Path.Combine(Repository.Root, "models", PhotoQuality), PhotoQuality);
        DynamicBatch.Rewrite(Path.Combine(folder.CopyModel(TestData.Squeezenet, SqueezenetBatch), "model.onnx"));
    }

    /// <param name="models">With <see cref="AddModels"/>.</param>
    /// <param name="settings">App settings beside the models' folder, such as <c>Inference__MaxQueueLength</c>.</param>
    public static Task<AppProcess> StartAsync(TemporaryFolder models, params IEnumerable<(string Name, string Value)> settings)
        => AppProcess.StartAsync(new(settings.Select(setting => KeyValuePair.Create(setting.Name, setting.Value)))
        {
            ["Models__Path"] = models.Path,
            ["AzureWebJobsStorage"] = "",
        });

    /// <exception cref="InvalidOperationException">A request failed or was answered wrongly: then the numbers mean nothing.</exception>
    public static LoadResult Checked(this LoadResult result)
        => result is { Failures: 0, Wrong: 0 }
            ? result
            : throw new InvalidOperationException($"{result.Failures} failed, {result.Wrong} wrong. First: {result.FirstProblem}");
}
