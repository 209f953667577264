using ClassifierFunctions.Training;

namespace ClassifierFunctions.Tests.Training;

/// <summary>Two whole trainings of the same few photos into the same folder.</summary>
public sealed class TinyRun : IAsyncLifetime
{
    public const int Photos = 16;
    public const string LeftOver = "left-over.txt";

    private readonly TemporaryFolder _temporary = new();

    public string Model => _temporary.File("model");

    /// <summary>A photo that the list calls bad.</summary>
    public string Natural { get; private set; } = "";

    public (int First, int Second) Codes { get; private set; }

    /// <summary>The network's file after the first run.</summary>
    public byte[] FirstOnnx { get; private set; } = [];

    public string PhotoFolder => _temporary.File("photos");

    public string BadList => _temporary.File("bad.csv");

    /// <summary>Entries beside the model folder.</summary>
    public string[] Neighbours
        => [.. Directory.EnumerateFileSystemEntries(_temporary.Path).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    public async Task InitializeAsync()
    {
        var photos = _temporary.Folder("photos");
        Pictures.CopyPhotos(photos.FullName, Photos);
        Natural = photos.GetFiles().Select(file => file.Name).Order(StringComparer.Ordinal).First();
        await File.WriteAllTextAsync(Path.Combine(photos.FullName, "damaged.jpg"), "not a photo");
        await File.WriteAllTextAsync(BadList, $"{Natural},dark\ndamaged.jpg,blurred\n");

        var first = await RunAsync(photos);
        FirstOnnx = await File.ReadAllBytesAsync(Path.Combine(Model, "model.onnx"));
        await File.WriteAllTextAsync(Path.Combine(Model, LeftOver), "");
        Codes = (first, await RunAsync(photos));
    }

    public Task DisposeAsync()
    {
        _temporary.Dispose();
        return Task.CompletedTask;
    }

    private Task<int> RunAsync(DirectoryInfo photos) => new TrainingRun(new TrainOptions
    {
        Photos = [photos],
        NaturallyBad = new FileInfo(BadList),
        To = new DirectoryInfo(Model),
        Seed = 1,
        Samples = 200,
        Scenes = 3,
        Epochs = 1,
        Threads = 1,
    }).RunAsync(CancellationToken.None);
}
