using System.Globalization;
using System.Text.Json;
using ClassifierFunctions.Tests.Support;

namespace ClassifierFunctions.Tests.EndToEnd;

/// <summary>The command line as people and scripts see it: output, errors and exit codes of the real process.</summary>
public sealed class ModelToolTests : IDisposable
{
    private static readonly string Damaged = TestData.Path("images-hostile", "files", "made__png-half.png");

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Classify_FolderAsJson_GivesTheGoldenTopFiveInOrder()
    {
        var (exitCode, output, error) = await ModelToolProcess.RunAsync("classify", TestData.Squeezenet, TestData.Path("squeezenet", "photos"), "--json");

        Assert.Equal((0, ""), (exitCode, error));
        using var document = JsonDocument.Parse(output);
        var results = document.RootElement.GetProperty("results").EnumerateArray().ToArray();
        var photos = Directory.GetFiles(TestData.Path("squeezenet", "photos")).Order(StringComparer.Ordinal);
        Assert.Equal(photos, results.Select(result => result.GetProperty("fileName").GetString()));
        foreach (var photo in GoldenPhoto.All)
            photo.AssertMatches(results.Single(result => result.GetProperty("fileName").GetString() == photo.Path));
    }

    [Fact]
    public async Task Classify_DigitsAsCsv_ReadsThemAll()
    {
        string[] digits = [.. Enumerable.Range(0, 10).Select(digit => TestData.Path("mnist", "images", $"digit-{digit}.png"))];

        var (exitCode, output, _) = await ModelToolProcess.RunAsync(["classify", TestData.Path("mnist"), .. digits, "--csv", "--top", "1"]);

        Assert.Equal(0, exitCode);
        var lines = output.Split("\r\n");
        Assert.Equal(("file,rank,label,score,index,error", "", 12), (lines[0], lines[11], lines.Length));
        for (var digit = 0; digit < digits.Length; digit++)
        {
            var fields = lines[digit + 1].Split(',');
            Assert.Equal([digits[digit], "1", $"{digit}"], fields[..3]);
            Assert.InRange(double.Parse(fields[3], CultureInfo.InvariantCulture), 0.5, 1);
            Assert.Equal([$"{digit}", ""], fields[4..]);
        }
    }

    [Fact]
    public async Task Classify_OneDamagedImageOfThree_ListsItAndDoesTheOthers()
    {
        var (exitCode, output, error) = await ModelToolProcess.RunAsync("classify", TestData.Squeezenet, TestData.Photo("dog.jpg"), Damaged, TestData.Photo("toaster.jpg"), "--json", "--top", "2");

        Assert.Equal(1, exitCode);
        Assert.Contains($"{Damaged}: The content starts like a png file", error, StringComparison.Ordinal);
        Assert.Contains("1 of 3 images could not be classified.", error, StringComparison.Ordinal);
        using var document = JsonDocument.Parse(output);
        var results = document.RootElement.GetProperty("results");
        Assert.Equal("golden retriever", results[0].GetProperty("predictions")[0].GetProperty("label").GetString());
        Assert.Equal("urn:classifier-functions:undecodable-image", results[1].GetProperty("error").GetProperty("type").GetString());
        Assert.Equal(2, results[2].GetProperty("predictions").GetArrayLength());
    }

    [Fact]
    public async Task Classify_Pipe_GetsATableAndNothingElse()
    {
        var (exitCode, output, error) = await ModelToolProcess.RunAsync("classify", TestData.Squeezenet, TestData.Path("squeezenet", "photos"));

        Assert.Equal((0, ""), (exitCode, error));
        Assert.DoesNotContain('\e', output);
        // A line per image, however long its name: three lines of frame, the head, and the end of the last line.
        Assert.Equal(Directory.GetFiles(TestData.Path("squeezenet", "photos")).Length + 5, output.ReplaceLineEndings("\n").Split('\n').Length);
        Assert.Contains("│ golden retriever", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no image in it", "empty")]
    [InlineData("does not exist", "missing")]
    [InlineData("--json and --csv exclude each other", "photo.jpg", "--json", "--csv")]
    [InlineData("--top must be 1 or more", "photo.jpg", "--top", "0")]
    public async Task Classify_WrongArguments_SaysWhatIsWrong(string reason, params string[] arguments)
    {
        Directory.CreateDirectory(Path.Combine(_folder.Path, "empty"));
        File.Copy(TestData.Photo("dog.jpg"), Path.Combine(_folder.Path, "photo.jpg"));
        await using var tool = ModelToolProcess.Start(_folder.Path, ["classify", TestData.Squeezenet, .. arguments]);

        var (exitCode, error) = await tool.WaitForExitAsync();

        Assert.Equal(1, exitCode);
        Assert.Contains(reason, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Classify_Stopped_EndsAtOnceWithWhatIsDone()
    {
        const int Count = 2000;
        for (var i = 0; i < Count; i++)
            File.CreateSymbolicLink(Path.Combine(_folder.Path, $"{i}.jpg"), TestData.Path("photos", "coffee-12mp-portrait.jpg"));
        await using var tool = ModelToolProcess.Start("classify", TestData.Squeezenet, _folder.Path, "--csv", "--top", "1");

        // The head, and the first image.
        Assert.NotNull(await tool.Output.ReadLineAsync());
        Assert.NotNull(await tool.Output.ReadLineAsync());
        await tool.StopAsync();

        var rest = await tool.Output.ReadToEndAsync();
        var (exitCode, error) = await tool.WaitForExitAsync();
        Assert.Equal((130, "Stopped."), (exitCode, error.TrimEnd()));
        Assert.InRange(rest.Split('\n').Length, 1, Count - 2);
    }

    [Fact]
    public async Task Verify_GoodModel_Ends0()
    {
        var (exitCode, output, error) = await ModelToolProcess.RunAsync("verify", "models/photo-quality");

        Assert.Equal((0, ""), (exitCode, error));
        Assert.Contains("models/photo-quality is fit to be served.", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_BadModel_Ends1AndSaysWhy()
    {
        var model = _folder.CopyModel(TestData.Path("mnist"), "digits");
        File.WriteAllText(Path.Combine(model, "config.json"), """{"id2label": {"0": "zero", "1": "one"}}""");

        var (exitCode, output, _) = await ModelToolProcess.RunAsync("verify", model);

        Assert.Equal(1, exitCode);
        Assert.Contains("There are 2 labels, but output Plus214_Output_0 has 10 scores.", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Inspect_OnnxFile_ShowsLayersAndTotal()
    {
        var (exitCode, output, error) = await ModelToolProcess.RunAsync("inspect", TestData.Path("squeezenet", "model.onnx"));

        Assert.Equal((0, ""), (exitCode, error));
        Assert.Contains("│ conv1_1            │ Conv 3 x 3 / 2 │ 1 x 64 x 111 x 111 │      1,792 │", output, StringComparison.Ordinal);
        Assert.Contains("│ total              │                │                    │  1,235,496 │", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Inspect_ModelFolder_ShowsWhatTheAppMakesOfIt()
    {
        var (exitCode, output, error) = await ModelToolProcess.RunAsync("inspect", TestData.Squeezenet);

        Assert.Equal((0, ""), (exitCode, error));
        Assert.Contains("data_0: Float16 NCHW, 3 channels, 224 x 224, one image", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("inspect", "missing.onnx")]
    [InlineData("inspect", "README.md")]
    [InlineData("verify", "docs")]
    [InlineData("classify", "docs", "samples/harbour.jpg")]
    public async Task AnyCommand_OnWhatIsNoModel_Ends1AndNamesIt(params string[] arguments)
    {
        var (exitCode, output, error) = await ModelToolProcess.RunAsync(arguments);

        Assert.Equal(1, exitCode);
        Assert.Contains(arguments[1], output + error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output + error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"sepia\" is not known", "--preprocess", "sepia")]
    [InlineData("phase_train=false", "--set", "phase_train")]
    [InlineData("both \"a\"", "--labels", "a,b,a")]
    public async Task Import_WrongOption_SaysWhyAndWritesNothing(string reason, string option, string value)
    {
        await using var tool = ModelToolProcess.Start(_folder.Path, ["import", TestData.Path("tf1", "dogs-cats-v3", "dogs-cats-model-v3"), option, value]);

        var (exitCode, error) = await tool.WaitForExitAsync();

        Assert.Equal(1, exitCode);
        Assert.Contains(reason, error, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.Path));
    }
}
