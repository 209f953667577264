using System.Text.Json;
using ClassifierFunctions.Tests.Support;

namespace ClassifierFunctions.Tests.EndToEnd;

/// <summary>Every real TensorFlow model of the test data, imported with one command each by ModelTool's own process, and the app that serves them all.</summary>
public sealed class ImportedModels : IAsyncLifetime
{
    // Model: folder of its golden values, path to import, how its images were prepared (golden.json), its one output.
    private static readonly (string Model, string[] Folder, string Path, string Preprocess, string Output)[] Sources =
    [
        ("cifar10", ["tf1", "cifar10-cnn"], "model.ckpt", "unit,mean=0.4914:0.4822:0.4465", "Softmax"),
        ("dogs-cats", ["tf1", "dogs-cats-v3"], "dogs-cats-model-v3", "unit,bgr", "y_pred"),
        ("lenet", ["tf1", "lenet-keras"], "model_small", "unit", "output_tensor/Softmax"),
        ("lenet-frozen", ["tf1-frozen", "lenet-keras-frozen"], "model.pb", "unit", "output_tensor/Softmax"),
        ("chairs", ["tf1-frozen", "customvision-chairs"], "model.pb", "bytes,bgr", "loss"),
    ];

    private readonly TemporaryFolder _models = new();
    private AppProcess? _app;

    /// <summary>The resizes that the golden values are of, and what <c>--preprocess</c> calls them.</summary>
    internal static IReadOnlyList<(string Golden, string Word)> Resizes { get; } = [("pillow_bilinear", "bilinear"), ("opencv_linear", "opencv")];

    public static TheoryData<string> Names => [.. Sources.Select(source => source.Model)];

    internal HttpClient Http => _app!.Http;

    public async Task InitializeAsync()
    {
        foreach (var (model, folder, path, preprocess, _) in Sources)
        {
            foreach (var (golden, word) in Resizes)
            {
                var (exitCode, _, error) = await ModelToolProcess.RunAsync(
                    "import", TestData.Path([.. folder, path]), "--preprocess", $"{preprocess},{word}", "--to", Folder(model, golden));
                Assert.True(exitCode == 0, error);
            }
        }

        _app = await AppProcess.StartAsync(new() { ["Models__Path"] = _models.Path, ["AzureWebJobsStorage"] = "" });
    }

    public async Task DisposeAsync()
    {
        if (_app is not null)
            await _app.DisposeAsync();
        _models.Dispose();
    }

    internal static JsonElement Golden(string model) => TestData.Json([.. Source(model).Folder, "golden.json"]);

    /// <summary>A file that the golden values name.</summary>
    internal static string GoldenFile(string model, string file) => Path.GetFullPath(Path.Combine(TestData.Path(Source(model).Folder), file));

    internal static string Output(string model) => Source(model).Output;

    internal static string Name(string model, string resize) => $"{model}-{resize}";

    internal string Folder(string model, string resize) => Path.Combine(_models.Path, Name(model, resize));

    private static (string Model, string[] Folder, string Path, string Preprocess, string Output) Source(string model)
        => Sources.Single(source => source.Model == model);
}
