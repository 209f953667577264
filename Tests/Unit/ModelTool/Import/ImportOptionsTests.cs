using ClassifierFunctions.ModelTool.Import;
using ClassifierFunctions.ModelTool.TensorFlow;
using ClassifierFunctions.Tests.Support;

namespace ClassifierFunctions.Tests.Unit.ModelTool.Import;

public sealed class ImportOptionsTests
{
    [Theory]
    [InlineData("runs/dogs-cats-model", "dogs-cats-model")]
    [InlineData("runs/dogs-cats-model.meta", "dogs-cats-model")]
    [InlineData("runs/dogs-cats-model.index", "dogs-cats-model")]
    [InlineData("runs/dogs-cats-model.data-00000-of-00001", "dogs-cats-model")]
    [InlineData("runs/inception_v3.ckpt", "inception_v3")]
    [InlineData("runs/vgg_16.ckpt-30000.meta", "vgg_16")]
    [InlineData("runs/mobilenet v1 (frozen).pb", "mobilenet-v1--frozen-")]
    [InlineData("exports/flowers/", "flowers")]
    [InlineData("exports/flowers/1546300800", "flowers")]
    [InlineData("exports/flowers/saved_model.pb", "flowers")]
    [InlineData("runs/...", "model")]
    public void Parse_NoName_ComesFromTheSource(string source, string name)
    {
        var options = ImportOptions.Parse(new() { Source = source });

        Assert.Equal((name, "1", Path.GetFullPath(Path.Combine("models", name))), (options.Target.Model, options.Target.Version, options.Target.Path));
    }

    [Theory]
    [InlineData("elsewhere/pets", null, "pets", "1")]
    [InlineData("elsewhere/pets/", null, "pets", "1")]
    [InlineData("elsewhere/pets/3", null, "pets", "3")]
    [InlineData("elsewhere/pets", "cats", "cats", "1")]
    public void Parse_Target_GivesNameAndVersion(string to, string? name, string model, string version)
    {
        var options = ImportOptions.Parse(new() { Source = "x", To = to, Name = name });

        Assert.Equal((model, version), (options.Target.Model, options.Target.Version));
        Assert.Equal(Path.GetFullPath(to).TrimEnd(Path.DirectorySeparatorChar), options.Target.Path);
    }

    [Fact]
    public void Parse_Lists_KeepTheirOrder()
    {
        var options = ImportOptions.Parse(new() { Source = "x", Outputs = ["c,a", " b "], Values = ["phase_train=false", "keep_prob = 1=1"] });

        Assert.Equal(["c", "a", "b"], options.Outputs);
        Assert.Equal([("phase_train", "false"), ("keep_prob", "1=1")], options.Values.Select(value => (value.Key, value.Value)));
    }

    [Fact]
    public void Parse_Command_IsWhatAShellTakes()
    {
        var options = ImportOptions.Parse(new()
        {
            Source = Path.GetFullPath("runs/dog's"),
            Outputs = ["y_pred,z:0"],
            Values = ["phase_train=false"],
            Labels = "cat,wet dog",
            Preprocess = "unit,bgr",
            To = Path.GetFullPath("models/pets"),
        });

        Assert.Equal(
            """
            dotnet run --project ModelTool -- import 'runs/dog'\''s' \
              --output y_pred,z:0 \
              --set phase_train=false \
              --labels 'cat,wet dog' \
              --preprocess unit,bgr \
              --to models/pets
            """,
            options.Command);
    }

    [Theory]
    [InlineData("--output a,,b", "empty name")]
    [InlineData("--output a,b,a", "a twice")]
    [InlineData("--set phase_train", "phase_train=false")]
    [InlineData("--set =1", "phase_train=false")]
    [InlineData("--set x=", "phase_train=false")]
    [InlineData("--set x=1 --set x=2", "x twice")]
    [InlineData("--name ..", "letters, digits")]
    [InlineData("--name a/b", "letters, digits")]
    [InlineData("--to models/.hidden", "begin with a dot")]
    [InlineData("--labels a,a", "both \"a\"")]
    [InlineData("--preprocess foo", "\"foo\" is not known")]
    public void Parse_WrongOption_SaysWhy(string words, string reason)
    {
        var pairs = words.Split(' ').Chunk(2).ToLookup(pair => pair[0], pair => pair[1]);
        var arguments = new ImportArguments
        {
            Source = "x",
            Outputs = [.. pairs["--output"]],
            Values = [.. pairs["--set"]],
            Name = pairs["--name"].FirstOrDefault(),
            To = pairs["--to"].FirstOrDefault(),
            Labels = pairs["--labels"].FirstOrDefault(),
            Preprocess = pairs["--preprocess"].FirstOrDefault(),
        };

        Assert.Contains(reason, Assert.Throws<ImportException>(() => ImportOptions.Parse(arguments)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_TargetThatIsTaken_SaysSoBeforeAnyWork()
    {
        using var folder = new TemporaryFolder();
        folder.Write("pets/config.json", "{}");

        var arguments = new ImportArguments { Source = "x", To = Path.Combine(folder.Path, "pets") };

        Assert.Contains("--overwrite", Assert.Throws<ImportException>(() => ImportOptions.Parse(arguments)).Message, StringComparison.Ordinal);
        Assert.Equal("pets", ImportOptions.Parse(arguments with { Overwrite = true }).Target.Model);
    }
}
