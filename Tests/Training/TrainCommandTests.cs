using System.CommandLine;
using ClassifierFunctions.Training;

namespace ClassifierFunctions.Tests.Training;

public sealed class TrainCommandTests : IDisposable
{
    private readonly TemporaryFolder _temporary = new();

    public void Dispose() => _temporary.Dispose();

    [Theory]
    [InlineData("photos", "train")]
    [InlineData("nowhere", "nowhere", "nowhere")]
    [InlineData("--samples", "PHOTOS", "--samples", "199")]
    [InlineData("--samples", "PHOTOS", "--samples", "many")]
    [InlineData("--scenes", "PHOTOS", "--scenes", "0")]
    [InlineData("--epochs", "PHOTOS", "--epochs", "0")]
    [InlineData("--threads", "PHOTOS", "--threads", "0")]
    [InlineData("--seed", "PHOTOS", "--seed", "-1")]
    [InlineData("missing.csv", "PHOTOS", "--naturally-bad", "missing.csv")]
    [InlineData("--speed", "PHOTOS", "--speed", "fast")]
    public void Invoke_WrongOptions_SaysSoAndFails(string named, params string[] words)
    {
        string[] arguments = named == "photos" ? [] : [.. words.Select(word => word == "PHOTOS" ? _temporary.Path : word)];
        var (output, error) = (new StringWriter(), new StringWriter());
        var code = TrainCommand.Create().Parse(arguments).Invoke(new InvocationConfiguration { Output = output, Error = error });
        Assert.Equal(1, code);
        Assert.Contains(named, error.ToString(), StringComparison.OrdinalIgnoreCase);
        // A message, not a stack trace.
        Assert.DoesNotContain("   at ", error.ToString());
    }

    [Fact]
    public void Parse_FolderAlone_HasTheStandardValues()
    {
        var parsed = TrainCommand.Create().Parse([_temporary.Path]);
        Assert.Empty(parsed.Errors);
        Assert.Equal((1, 24_000, 800, 7, 2), (Number("--seed"), Number("--samples"), Number("--scenes"), Number("--epochs"), Number("--threads")));
        Assert.EndsWith(Path.Combine("models", "photo-quality"), parsed.GetValue<DirectoryInfo>("--to")!.FullName);

        int Number(string name) => parsed.GetValue<int>(name);
    }

    [Fact]
    public void Command_Options_AreReadAsTheSame()
    {
        var (plain, spaced) = (_temporary.Folder("plain"), _temporary.Folder("with space"));
        File.WriteAllText(_temporary.File("bad photos.csv"), "");
        var options = new TrainOptions
        {
            Photos = [plain, spaced],
            NaturallyBad = new FileInfo(_temporary.File("bad photos.csv")),
            To = new DirectoryInfo(_temporary.File("new model")),
            About = "dogs & cats",
            Seed = 7, Samples = 300, Scenes = 20, Epochs = 3, Threads = 4,
        };
        var parsed = TrainCommand.Create().Parse(options.Command.Split(" -- train ")[1].Replace("\\\n", "", StringComparison.Ordinal).Replace('\'', '"'));
        Assert.Empty(parsed.Errors);
        Assert.Equal([plain.FullName, spaced.FullName], parsed.GetValue<DirectoryInfo[]>("photos")!.Select(folder => folder.FullName));
        Assert.Equal(options.NaturallyBad.FullName, parsed.GetValue<FileInfo>("--naturally-bad")!.FullName);
        Assert.Equal(options.To.FullName, parsed.GetValue<DirectoryInfo>("--to")!.FullName);
        Assert.Equal("dogs & cats", parsed.GetValue<string>("--about"));
        Assert.Equal((7, 300, 20, 3, 4), (Number("--seed"), Number("--samples"), Number("--scenes"), Number("--epochs"), Number("--threads")));

        int Number(string name) => parsed.GetValue<int>(name);
    }
}
