using ClassifierFunctions.Training;

namespace ClassifierFunctions.Tests.Training;

[Collection(nameof(TorchCollection))]
public sealed class FailingRunTests : IDisposable
{
    private readonly TemporaryFolder _temporary = new();

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public async Task RunAsync_TooFewPhotos_LeavesTheModelAsItIs()
    {
        var photos = _temporary.Folder("photos");
        Pictures.CopyPhotos(photos.FullName, 5);
        var model = Model();
        var (code, error) = await RunAsync(photos, model);
        Assert.Equal(1, code);
        Assert.Contains("5 usable photos", error);
        Assert.Equal("{}", File.ReadAllText(Path.Combine(model.FullName, "config.json")));
        Assert.Equal(["model", "photos"], Entries());
    }

    [Fact]
    public async Task RunAsync_WrongList_LeavesTheModelAsItIs()
    {
        var photos = _temporary.Folder("photos");
        Pictures.CopyPhotos(photos.FullName, 12);
        File.WriteAllText(_temporary.File("bad.csv"), "a.jpg,7\n");
        var (code, error) = await RunAsync(photos, Model(), new FileInfo(_temporary.File("bad.csv")));
        Assert.Equal(1, code);
        Assert.Contains("a.jpg,7", error);
        Assert.Equal(["bad.csv", "model", "photos"], Entries());
    }

    [Fact]
    public async Task RunAsync_CancelledWhileBuilding_LeavesTheModelAndNothingBesideIt()
    {
        var photos = _temporary.Folder("photos");
        Pictures.CopyPhotos(photos.FullName, 12);
        // What another run to the same folder is building.
        File.WriteAllText(Path.Combine(_temporary.Folder(".model.other.new").FullName, "model.onnx"), "half");
        var options = new TrainOptions { Photos = [photos], To = Model(), Seed = 1, Samples = 200, Scenes = 1, Epochs = 1, Threads = 1 };
        Assert.Equal(130, await new TrainingRun(options).RunAsync(new CancellationToken(canceled: true)));
        Assert.Equal("{}", File.ReadAllText(_temporary.File("model/config.json")));
        Assert.Equal([".model.other.new", "model", "photos"], Entries());
    }

    [Fact]
    public async Task RunAsync_FolderThatIsNoModel_IsRefused()
    {
        var holiday = _temporary.Folder("holiday");
        // A file that model folders have, too, makes no model of it.
        File.WriteAllText(Path.Combine(holiday.FullName, "config.json"), "{}");
        File.WriteAllText(Path.Combine(holiday.FullName, "letter.txt"), "dear");
        var (code, error) = await RunAsync(_temporary.Folder("photos"), holiday);
        Assert.Equal(1, code);
        Assert.Contains("did not write", error);
        Assert.Equal("dear", File.ReadAllText(Path.Combine(holiday.FullName, "letter.txt")));
        Assert.Equal(["holiday", "photos"], Entries());
    }

    [Theory]
    [InlineData("photos")]
    [InlineData("deep/er")]
    [InlineData(".")]
    public async Task RunAsync_PhotosInTheModelFolder_AreRefused(string inside)
    {
        var model = Model();
        var photos = Directory.CreateDirectory(Path.Combine(model.FullName, inside));
        var (code, error) = await RunAsync(photos, model);
        Assert.Equal(1, code);
        Assert.Contains("would be deleted", error);
        Assert.True(photos.Exists && File.Exists(Path.Combine(model.FullName, "config.json")));
    }

    [Fact]
    public async Task RunAsync_FileAsTarget_IsRefused()
    {
        File.WriteAllText(_temporary.File("model"), "a file");
        var (code, error) = await RunAsync(_temporary.Folder("photos"), new DirectoryInfo(_temporary.File("model")));
        Assert.Equal(1, code);
        Assert.Contains("is a file", error);
        Assert.Equal("a file", File.ReadAllText(_temporary.File("model")));
    }

    private DirectoryInfo Model()
    {
        var model = _temporary.Folder("model");
        File.WriteAllText(Path.Combine(model.FullName, "config.json"), "{}");
        File.WriteAllText(Path.Combine(model.FullName, "training.json"), "{}");
        return model;
    }

    private string[] Entries()
        => [.. Directory.EnumerateFileSystemEntries(_temporary.Path).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    private static async Task<(int Code, string Error)> RunAsync(DirectoryInfo photos, DirectoryInfo to, FileInfo? bad = null)
    {
        var (before, error) = (Console.Error, new StringWriter());
        Console.SetError(error);
        try
        {
            var options = new TrainOptions { Photos = [photos], NaturallyBad = bad, To = to, Seed = 1, Samples = 200, Scenes = 1, Epochs = 1, Threads = 1 };
            return (await new TrainingRun(options).RunAsync(CancellationToken.None), error.ToString());
        }
        finally
        {
            Console.SetError(before);
        }
    }
}
