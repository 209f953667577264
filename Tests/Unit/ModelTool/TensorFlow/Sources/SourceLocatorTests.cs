using ClassifierFunctions.ModelTool.TensorFlow.Sources;

namespace ClassifierFunctions.Tests.Unit.ModelTool.TensorFlow.Sources;

/// <summary>Which files a path stands for, and what is said when it stands for none.</summary>
public sealed class SourceLocatorTests : SourceTestsBase
{
    private static readonly byte[] TableEnd = [0x57, 0xfb, 0x80, 0x8b, 0x24, 0x75, 0x47, 0xdb];

    [Theory]
    [InlineData("")]
    [InlineData(".meta")]
    [InlineData(".index")]
    [InlineData(".data-00000-of-00001")]
    public void Find_PrefixOrAFileOfTheCheckpoint_IsTheCheckpoint(string ending)
    {
        Write("a.model", "a.model-2");
        var location = SourceLocator.Find(In("a.model" + ending));
        Assert.Equal(new SourceLocation(SourceKind.Checkpoint, In("a.model.meta"), In("a.model")), location);
    }

    [Theory]
    [InlineData("model_checkpoint_path: \"b\"\nall_model_checkpoint_paths: \"a\"\n")]
    [InlineData("model_checkpoint_path: \"/home/somebody/train/b\"")]
    [InlineData("all_model_checkpoint_paths: \"a\"\nmodel_checkpoint_path: \"C:\\\\train\\\\b\"")]
    [InlineData("model_checkpoint_path: '\\142'")]
    public void Find_FolderWithCheckpointFile_IsTheNewestOfThisFolder(string state)
    {
        Write("a", "b");
        Folder.Write("checkpoint", state);
        Assert.Equal(In("b.meta"), SourceLocator.Find(Folder.Path).GraphFile);
        Assert.Equal(In("b.meta"), SourceLocator.Find(In("checkpoint")).GraphFile);
    }

    [Fact]
    public void Find_CheckpointFileWithNameInUtf8_IsThatCheckpoint()
    {
        Write("größe");
        Folder.Write("checkpoint", "model_checkpoint_path: \"gr\\303\\266\\xc3\\x9fe\"");
        Assert.Equal(In("größe.meta"), SourceLocator.Find(Folder.Path).GraphFile);
    }

    [Fact]
    public void Find_CheckpointFileOfAnotherFolder_SaysWhatItNamesAndWhatIsThere()
    {
        Write("model-10");
        Folder.Write("checkpoint", "model_checkpoint_path: \"/train/model-20\"");
        FailsToOpen(Folder.Path, In("checkpoint"), "/train/model-20", "model-10");
    }

    [Fact]
    public void Find_CheckpointFileOfSomethingElse_Says()
        => FailsToOpen(Path.GetDirectoryName(Folder.Write("checkpoint", "\0\0"))!, "checkpoint", "model_checkpoint_path");

    [Fact]
    public void Find_FolderWithOneCheckpoint_IsThat()
    {
        Write("a");
        Assert.Equal(In("a"), SourceLocator.Find(Folder.Path + Path.DirectorySeparatorChar).Prefix);
    }

    [Fact]
    public void Find_FolderWithOneGraph_IsThat()
    {
        Folder.Write("a.pb", "");
        Folder.Write("keras_metadata.pb", "");
        Assert.Equal(new SourceLocation(SourceKind.FrozenGraph, In("a.pb"), null), SourceLocator.Find(Folder.Path));
    }

    [Fact]
    public void Find_FolderWithSeveral_ListsThem()
    {
        Write("a", "b-100");
        Folder.Write("frozen.pb", "");
        FailsToOpen(Folder.Path, "several", "a, b-100, frozen.pb");
    }

    [Fact]
    public void Find_FolderWithNone_SaysWhatIsExpectedAndWhatIsThere()
    {
        Folder.Write("notes.txt", "");
        FailsToOpen(Folder.Path, ".meta", "SavedModel", "notes.txt");
    }

    [Fact]
    public void Find_FolderOfSavedModel_IsItsGraphAndVariables()
    {
        Folder.Write("saved_model.pb", "");
        Folder.Write("checkpoint", "model_checkpoint_path: \"b\"");
        Assert.Equal(new SourceLocation(SourceKind.SavedModel, In("saved_model.pb"), null), SourceLocator.Find(Folder.Path));
        Folder.Write("variables/variables.index", "");
        Assert.Equal(In("variables", "variables"), SourceLocator.Find(In("saved_model.pb")).Prefix);
    }

    [Fact]
    public void Find_VariablesOfSavedModel_SaysWhichFolderToGive()
    {
        Folder.Write("saved_model.pb", "");
        Folder.Write("variables/variables.index", "");
        FailsToOpen(In("variables", "variables"), "variables.meta is missing", $"give that folder", Folder.Path);
    }

    [Fact]
    public void Find_CheckpointWithoutGraph_SaysThatTheGraphIsInMeta()
    {
        Folder.Write("a.index", "");
        Folder.Write("a.data-00000-of-00001", "");
        FailsToOpen(In("a"), In("a.meta"), "is missing", "graph is in its .meta");
        FailsToOpen(Folder.Path, In("a.meta"), "is missing");
    }

    [Fact]
    public void Find_CheckpointWithoutIndex_SaysWhichFileIsMissing()
    {
        Folder.Write("a.meta", "");
        FailsToOpen(In("a"), In("a.index"), "is missing");
    }

    [Fact]
    public void Find_CheckpointOfTheFirstFormat_SaysSo()
    {
        File.WriteAllBytes(In("model.ckpt"), [1, 2, 3, 4, 5, 6, 7, 8, .. TableEnd]);
        FailsToOpen(In("model.ckpt"), In("model.ckpt"), "first format", "tf.train.Saver");
        Folder.Write("model.ckpt.meta", "");
        FailsToOpen(In("model.ckpt"), In("model.ckpt"), "first format");
        FailsToOpen(In("model.ckpt.meta"), "first format");
    }

    [Fact]
    public void Find_ShardsOfTheFirstFormat_SaysSo()
    {
        Folder.Write("model.ckpt-00000-of-00002", "");
        Folder.Write("model.ckpt-00001-of-00002", "");
        FailsToOpen(In("model.ckpt"), "first format");
    }

    [Theory]
    [InlineData("model.h5", "", "Keras", "export")]
    [InlineData("model.keras", "", "Keras", "export")]
    [InlineData("model.pb", "\u0089HDF\r\n\u001a\n0000", "Keras", "export")]
    [InlineData("model.tflite", "", "TensorFlow Lite", "SavedModel")]
    [InlineData("model.bin", "0000TFL30000", "TensorFlow Lite", "SavedModel")]
    [InlineData("model.onnx", "", "ONNX", "models folder")]
    [InlineData("graph.pbtxt", "", "text", "binary")]
    [InlineData("model.zip", "PK\u0003\u00040000", "archive", "unpack")]
    public void Find_AnotherFormat_SaysWhatToGiveInstead(string name, string content, params string[] parts)
    {
        File.WriteAllBytes(In(name), [.. content.Select(letter => (byte)letter)]);
        FailsToOpen(In(name), [In(name), .. parts]);
    }

    [Fact]
    public void Find_SavedModelAsText_SaysToWriteItInBinary()
        => FailsToOpen(Path.GetDirectoryName(Folder.Write("saved_model.pbtxt", ""))!, "saved_model.pbtxt", "binary");

    [Fact]
    public void Find_NothingThere_SaysWhatIsBeside()
    {
        Write("dogs-cats-model");
        FailsToOpen(In("dogs-cat-model"), In("dogs-cat-model"), "does not exist", "dogs-cats-model");
        FailsToOpen(In("no", "model"), "does not exist", In("no"));
        FailsToOpen("", "No path");
    }

    private void Write(params string[] prefixes)
    {
        foreach (var prefix in prefixes)
        {
            foreach (var ending in (string[])[".meta", ".index", ".data-00000-of-00001"])
                Folder.Write(prefix + ending, "");
        }
    }
}
