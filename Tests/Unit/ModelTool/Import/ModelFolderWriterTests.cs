using System.Text.Json;
using ClassifierFunctions.Models;
using ClassifierFunctions.ModelTool.Import;
using ClassifierFunctions.ModelTool.TensorFlow;
using ClassifierFunctions.Tests.Support;

namespace ClassifierFunctions.Tests.Unit.ModelTool.Import;

public sealed class ModelFolderWriterTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ImportInput _input = new("Input3", 28, 28, 1);

    // A real model, of ten digits.
    private static string Onnx => TestData.Path("mnist", "model.onnx");

    private ModelTarget Target => new(Path.Combine(_folder.Path, "made", "digits"), "digits", "1", Overwrite: false);

    private ModelFolderContent Content => new()
    {
        WriteOnnx = path => File.Copy(Onnx, path),
        Input = _input,
        Labels = [.. Enumerable.Range(0, 10).Select(digit => $"«{digit}»")],
        PreprocessorJson = PreprocessOption.Parse("bytes").For(_input).Json,
        Card = model => $"{model.Parameters} parameters",
    };

    [Fact]
    public void Write_Content_IsAFolderThatTheAppReads()
    {
        var written = ModelFolderWriter.Write(Target, Content, CancellationToken.None);

        var model = ModelFolder.Read("digits", "1", Target.Path);
        Assert.Equal((ModelFormat.HuggingFace, model.OnnxPath, null), (model.Format, written.OnnxPath, model.Assumption));
        Assert.Equal(Content.Labels, model.Labels);
        Assert.Equal((28, 28), model.Preprocessing.OutputSize);
        Assert.Equal(["README.md", "config.json", "model.onnx", "preprocessor_config.json"], Names(Target.Path));
        Assert.Equal($"{model.Parameters} parameters", File.ReadAllText(Path.Combine(Target.Path, "README.md")));
        Assert.Equal(["digits"], Names(Path.GetDirectoryName(Target.Path)!));
    }

    [Fact]
    public void Write_Config_IsThatOfHuggingFace()
    {
        ModelFolderWriter.Write(Target, Content, CancellationToken.None);

        var text = File.ReadAllText(Path.Combine(Target.Path, "config.json"));
        Assert.Contains("«3»", text, StringComparison.Ordinal);
        using var config = JsonDocument.Parse(text);
        var root = config.RootElement;
        Assert.Equal(("digits", "single_label_classification"), (root.GetProperty("model_type").GetString(), root.GetProperty("problem_type").GetString()));
        Assert.Equal((1, 28), (root.GetProperty("num_channels").GetInt32(), root.GetProperty("image_size").GetInt32()));
        Assert.Equal("«3»", root.GetProperty("id2label").GetProperty("3").GetString());
        Assert.Equal(3, root.GetProperty("label2id").GetProperty("«3»").GetInt32());
    }

    [Fact]
    public void Write_OnnxThatFails_LeavesNothing()
        => Fails<InvalidOperationException>(Content with
        {
            WriteOnnx = path =>
            {
                File.WriteAllText(path, "half of it");
                throw new InvalidOperationException();
            },
        });

    [Fact]
    public void Write_FolderThatTheAppCouldNotServe_LeavesNothing()
        => Assert.Contains("10 scores", Fails<ImportException>(Content with { Labels = ["a", "b"] }).Message, StringComparison.Ordinal);

    [Fact]
    public void Write_CardThatFails_LeavesNothing() => Fails<InvalidOperationException>(Content with { Card = _ => throw new InvalidOperationException() });

    [Fact]
    public void Write_Cancelled_LeavesNothing()
    {
        using var cancellation = new CancellationTokenSource();
        var content = Content with
        {
            WriteOnnx = path =>
            {
                File.Copy(Onnx, path);
                cancellation.Cancel();
            },
        };

        Assert.Throws<OperationCanceledException>(() => ModelFolderWriter.Write(Target, content, cancellation.Token));
        Assert.Empty(Names(_folder.Path));
    }

    [Fact]
    public void Write_WhileItWrites_TheAppSeesNoModel()
    {
        IEnumerable<VersionFolder> found = [];
        var content = Content with
        {
            Card = _ =>
            {
                found = [.. VersionFolder.Find(Path.GetDirectoryName(Target.Path)!, (_, _, failure) => throw failure)];
                return "";
            },
        };

        ModelFolderWriter.Write(Target, content, CancellationToken.None);

        Assert.Empty(found);
    }

    [Fact]
    public void Write_TargetWithAModel_IsRefusedUnlessToldSo()
    {
        var before = Existing();

        var refusal = Assert.Throws<ImportException>(() => ModelFolderWriter.Write(Target, Content, CancellationToken.None));
        Assert.Contains("--overwrite", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllText(Path.Combine(Target.Path, "config.json")));

        ModelFolderWriter.Write(Target with { Overwrite = true }, Content, CancellationToken.None);
        Assert.Equal(["README.md", "config.json", "model.onnx", "preprocessor_config.json"], Names(Target.Path));
        Assert.Equal(["digits"], Names(Path.GetDirectoryName(Target.Path)!));
    }

    [Fact]
    public void Write_OverwriteThatFails_KeepsWhatWasThere()
    {
        var before = Existing();

        Assert.Throws<ImportException>(() => ModelFolderWriter.Write(Target with { Overwrite = true }, Content with { Labels = ["a"] }, CancellationToken.None));

        Assert.Equal(before, File.ReadAllText(Path.Combine(Target.Path, "config.json")));
        Assert.Equal(["digits"], Names(Path.GetDirectoryName(Target.Path)!));
    }

    [Fact]
    public void Write_TargetWithOtherThings_IsRefusedEvenToOverwrite()
    {
        var notes = _folder.Write("made/digits/notes.md", "mine");

        Assert.Throws<ImportException>(() => ModelFolderWriter.Write(Target with { Overwrite = true }, Content, CancellationToken.None));

        Assert.Equal("mine", File.ReadAllText(notes));
    }

    [Fact]
    public void Write_EmptyTarget_IsFilled()
    {
        Directory.CreateDirectory(Target.Path);

        ModelFolderWriter.Write(Target, Content, CancellationToken.None);

        Assert.Equal(["digits"], Names(Path.GetDirectoryName(Target.Path)!));
        Assert.True(ModelFolder.IsModel(Target.Path));
    }

    [Fact]
    public void Write_VersionWithinAModel_IsRefused()
    {
        Existing();

        var refusal = Assert.Throws<ImportException>(() => ModelFolderWriter.Write(Target with { Path = Path.Combine(Target.Path, "2"), Version = "2" }, Content, CancellationToken.None));

        Assert.Contains("is a model itself", refusal.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private static string[] Names(string folder) => [.. Directory.EnumerateFileSystemEntries(folder).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal)];

    private TException Fails<TException>(ModelFolderContent content)
        where TException : Exception
    {
        var failure = Assert.Throws<TException>(() => ModelFolderWriter.Write(Target, content, CancellationToken.None));
        Assert.Empty(Names(_folder.Path));
        return failure;
    }

    private string Existing()
    {
        _folder.Write("made/digits/model.onnx", "of before");
        _folder.Write("made/digits/notes.md", "mine");
        return File.ReadAllText(_folder.Write("made/digits/config.json", "{}"));
    }
}
