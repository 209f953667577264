using System.Text.Json;
using System.Text.RegularExpressions;
using Azure.Storage.Blobs.Models;
using ClassifierFunctions.Tests.Support;

namespace ClassifierFunctions.Tests.EndToEnd;

/// <summary><c>ModelTool upload</c> through a real Azurite and the real app.</summary>
[Collection(nameof(EndToEndCollection))]
public sealed partial class ModelToolUploadTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private static readonly string Damaged = TestData.Path("images-hostile", "files", "made__png-half.png");

    private readonly TemporaryFolder _folder = new();
    private AppProcess? _app;

    private Dictionary<string, string> Storage => new() { ["AzureWebJobsStorage"] = azurite.ConnectionString };

    public async Task InitializeAsync()
        => _app = await AppProcess.StartAsync(new(Storage) { ["Models__Path"] = TestData.Folder, ["Models__Default"] = "squeezenet" });

    public async Task DisposeAsync()
    {
        _folder.Dispose();
        await _app!.DisposeAsync();
    }

    [Fact]
    public async Task Upload_PhotosAndAHostileFile_GivesWhatClassifyGives()
    {
        Copy(Damaged, "below/damaged.png");
        foreach (var photo in GoldenPhoto.All)
            Copy(photo.Path, Path.GetFileName(photo.File));

        var (exitCode, output, error) = await RunAsync("upload", _folder.Path, "--model", "squeezenet", "--wait", "--json");
        var classified = await ModelToolProcess.RunAsync("classify", TestData.Squeezenet, _folder.Path, "--json");

        Assert.Equal((1, 1), (exitCode, classified.ExitCode));
        Assert.Equal(classified.Error, error);
        // The same engine and the same machine: the very same numbers.
        Assert.Equal(classified.Output, output);
    }

    [Fact]
    public async Task Upload_DefaultModelAsCsv_GivesEachFileItsOwnResultInOrder()
    {
        var (dog, toaster) = (TestData.Photo("dog.jpg"), TestData.Photo("toaster.jpg"));
        string[] files = [Copy(dog, "one/a.jpg"), Copy(toaster, "two/a.jpg"), Copy(dog, "one/b.jpg")];

        var (exitCode, output, error) = await RunAsync(["upload", .. files, "--wait", "--csv"]);

        Assert.Equal((0, ""), (exitCode, error));
        Assert.Equal(
            [$"{files[0]},1,golden retriever", $"{files[1]},1,toaster", $"{files[2]},1,golden retriever"],
            output.Split("\r\n").Where(line => line.Contains(".jpg,1,", StringComparison.Ordinal)).Select(line => string.Join(',', line.Split(',')[..3])));
    }

    [Fact]
    public async Task Upload_OddNames_AreFoundAgain()
    {
        string[] names = ["-l.jpg", "100%23 #1?&=+.jpg", "my photo (1) ü 😀.jpg", "a\\b.jpg", "dot./x.jpg", "'\";,.jpg"];
        foreach (var name in names)
            Copy(TestData.Photo("toaster.jpg"), name);
        await using var tool = ModelToolProcess.Start(_folder.Path, ["upload", "--model", "squeezenet", "--wait", "--json", "--", ".", "-l.jpg"], Storage);
        var output = await tool.Output.ReadToEndAsync();

        Assert.Equal((0, ""), await tool.WaitForExitAsync());
        using var document = JsonDocument.Parse(output);
        var results = document.RootElement.GetProperty("results").EnumerateArray().ToArray();
        Assert.Equal(names.Order(), results.Select(result => Path.GetRelativePath(".", result.GetProperty("fileName").GetString()!)).Order());
        Assert.All(results, GoldenPhoto.Named("toaster.jpg").AssertMatches);
    }

    [Fact]
    public async Task Upload_Table_IsForPeopleAndSaysWhereResultsStay()
    {
        var (exitCode, output, error) = await RunAsync("upload", TestData.Photo("dog.jpg"), Damaged, "--model", "squeezenet", "--wait", "--to", "table");

        Assert.Equal(1, exitCode);
        Assert.Contains("│ golden retriever", output, StringComparison.Ordinal);
        Assert.Contains($"│ {Damaged}", output, StringComparison.Ordinal);
        Assert.EndsWith("\nResults: results/squeezenet/table/*.json\n", output.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Equal("1 of 2 images could not be classified.", error.TrimEnd());
    }

    [Fact]
    public async Task Upload_SameFolderTwice_GivesTheNewResults()
    {
        var file = Copy(TestData.Photo("dog.jpg"), "photo.jpg");
        string[] arguments = ["upload", file, "--model", "squeezenet", "--to", "again/and again", "--wait", "--csv"];
        Assert.Contains("photo.jpg,1,golden retriever", (await RunAsync(arguments)).Output, StringComparison.Ordinal);

        File.Copy(TestData.Photo("toaster.jpg"), file, overwrite: true);

        Assert.Contains("photo.jpg,1,toaster", (await RunAsync(arguments)).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Upload_FilesThatCannotBeUploaded_AreListedAndTheOthersGoOn()
    {
        var large = Path.Combine(_folder.Path, "large.png");
        using (var file = File.Create(large))
            file.SetLength(20_000_001);
        var dangling = Path.Combine(_folder.Path, "dangling.png");
        File.CreateSymbolicLink(dangling, Path.Combine(_folder.Path, "nowhere"));
        var dog = Copy(TestData.Photo("dog.jpg"), "dog.jpg");

        var (exitCode, output, error) = await RunAsync("upload", _folder.Path, "--model", "squeezenet", "--wait", "--json");

        Assert.Equal(1, exitCode);
        Assert.Contains("2 of 3 images could not be classified.", error, StringComparison.Ordinal);
        using var document = JsonDocument.Parse(output);
        var results = document.RootElement.GetProperty("results").EnumerateArray().ToDictionary(result => result.GetProperty("fileName").GetString()!);
        Assert.Equal("urn:classifier-functions:too-many-bytes", results[large].GetProperty("error").GetProperty("type").GetString());
        Assert.StartsWith("The file cannot be read", results[dangling].GetProperty("error").GetProperty("detail").GetString(), StringComparison.Ordinal);
        GoldenPhoto.Named("dog.jpg").AssertMatches(results[dog]);
    }

    [Fact]
    public async Task Upload_WithoutWait_UploadsAndSaysWhereResultsWillBe()
    {
        var (exitCode, output, error) = await RunAsync("upload", TestData.Path("squeezenet", "photos"), "--model", "squeezenet");

        Assert.Equal((0, ""), (exitCode, error));
        var count = Directory.GetFiles(TestData.Path("squeezenet", "photos")).Length;
        var folder = Told().Match(output).Groups[1].Value;
        await Eventually.HoldsAsync(
            () => Task.FromResult(azurite.Blobs().GetBlobContainerClient("results").GetBlobs(new() { Prefix = $"{folder}/photos/" }).Count() == count),
            TimeSpan.FromSeconds(30),
            "All results");
    }

    [Fact]
    public async Task Upload_NoResult_EndsAndAsksForTheApp()
    {
        await _app!.StopAsync();

        var (exitCode, output, error) = await RunAsync("upload", TestData.Photo("dog.jpg"), "--wait", "--timeout", "3", "--csv");

        Assert.Equal(1, exitCode);
        Assert.Contains("There is no result yet.", output, StringComparison.Ordinal);
        Assert.Contains("1 of 1 images have no result, and for 3 seconds there was no new one. Is the app running", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Upload_AppStartsLate_StillGivesTheResult()
    {
        await _app!.StopAsync();
        await using var tool = ModelToolProcess.Start(Repository.Root, ["upload", TestData.Photo("dog.jpg"), "--model", "squeezenet", "--to", "late", "--wait", "--csv"], Storage);
        await UploadedAsync("squeezenet/late/dog.jpg");

        await InitializeAsync();

        Assert.Contains("dog.jpg,1,golden retriever", await tool.Output.ReadToEndAsync(), StringComparison.Ordinal);
        Assert.Equal((0, ""), await tool.WaitForExitAsync());
    }

    [Fact]
    public async Task Upload_StoppedWhileWaiting_SaysWhatWasUploaded()
    {
        await _app!.StopAsync();
        await using var tool = ModelToolProcess.Start(
            Repository.Root, ["upload", TestData.Photo("dog.jpg"), TestData.Photo("toaster.jpg"), "--to", "stopped", "--wait", "--csv"], Storage);
        await ForgeAsync("stopped-dog.jpg");
        // The head, and the first result: by now the tool knows of an upload.
        Assert.NotNull(await tool.Output.ReadLineAsync());
        Assert.NotNull(await tool.Output.ReadLineAsync());

        await tool.StopAsync();

        var (exitCode, error) = await tool.WaitForExitAsync();
        Assert.Equal(130, exitCode);
        Assert.Matches(@"^Stopped\. [12] of 2 images were uploaded to uploads/stopped-\*; the app puts their results at results/stopped-\*\.json\.$", error.TrimEnd());
    }

    [Fact]
    public async Task Upload_ResultThatIsNone_IsThatFilesError()
    {
        await _app!.StopAsync();
        await using var tool = ModelToolProcess.Start(Repository.Root, ["upload", TestData.Photo("dog.jpg"), "--to", "forged", "--wait", "--csv"], Storage);
        await ForgeAsync("forged-dog.jpg");

        Assert.Contains("The result cannot be read: ", await tool.Output.ReadToEndAsync(), StringComparison.Ordinal);
        Assert.Equal(1, (await tool.WaitForExitAsync()).ExitCode);
    }

    [Fact]
    public async Task Upload_WrongKey_SaysSoOnceAndEnds()
    {
        var wrong = Regex.Replace(azurite.ConnectionString, "AccountKey=[^;]*", "AccountKey=" + Convert.ToBase64String(new byte[64]));
        var tool = ModelToolProcess.Start(Repository.Root, ["upload", TestData.Photo("dog.jpg"), "--wait"], new() { ["AzureWebJobsStorage"] = wrong });

        var (exitCode, output, error) = await ModelToolProcess.RunAsync(tool);

        Assert.Equal((1, ""), (exitCode, output));
        Assert.Contains("refuses access: 403", Assert.Single(error.TrimEnd().Split('\n')), StringComparison.Ordinal);
    }

    private Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] arguments)
        => ModelToolProcess.RunAsync(ModelToolProcess.Start(Repository.Root, arguments, Storage));

    private string Copy(string from, string name)
    {
        var path = Path.Combine(_folder.Path, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.Copy(from, path);
        return path;
    }

    // Answers an upload with what is no result.
    private async Task ForgeAsync(string name)
    {
        var metadata = new Dictionary<string, string> { ["uploadetag"] = await UploadedAsync(name) };
        var results = azurite.Blobs().GetBlobContainerClient("results");
        await results.CreateIfNotExistsAsync();
        await results.GetBlobClient(name + ".json").UploadAsync(BinaryData.FromString("<html>"), new BlobUploadOptions { Metadata = metadata });
    }

    // The ETag of an upload, once it is there.
    private Task<string> UploadedAsync(string name)
        => Eventually.GetAsync(
            () => Task.FromResult(azurite.Blobs().GetBlobContainerClient("uploads").GetBlobs(new() { Prefix = name })
                .FirstOrDefault()?.Properties.ETag?.ToString("H").Trim('"')),
            TimeSpan.FromSeconds(30),
            $"The upload {name}");

    [GeneratedRegex(@"uploaded to uploads/(squeezenet/\d{8}T\d{6}Z-[0-9a-f]{8})/\*; the app puts their results at results/\1/\*\.json")]
    private static partial Regex Told();
}
