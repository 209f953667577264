using ClassifierFunctions.ModelTool.TensorFlow;
using ClassifierFunctions.ModelTool.TensorFlow.Checkpoints;
using ClassifierFunctions.Tests.Support;
using ClassifierFunctions.Tests.Support.TensorFlow;

namespace ClassifierFunctions.Tests.Unit.ModelTool.TensorFlow.Checkpoints;

/// <summary>A small checkpoint to be damaged: an error must name file, tensor and offset.</summary>
public abstract class DamagedCheckpointTestsBase : IDisposable
{
    private protected TemporaryFolder Folder { get; } = new();

    protected string Prefix => Path.Combine(Folder.Path, "model.ckpt");

    protected string Index => $"{Prefix}.index";

    protected string Data => TensorBundleWriter.DataPath(Prefix);

    public void Dispose()
    {
        Folder.Dispose();
        GC.SuppressFinalize(this);
    }

    protected static void Fails(Func<object?> act, params string[] parts)
    {
        var failure = Assert.Throws<ImportException>(act);
        Assert.All(parts, part => Assert.Contains(part, failure.Message, StringComparison.Ordinal));
    }

    private protected Checkpoint Open() => Checkpoint.Open(Prefix);

    private protected Tensor Read(string name)
    {
        using var checkpoint = Open();
        return checkpoint.Read(name);
    }

    /// <summary>Eight bytes of something else, then three numbers called weights.</summary>
    private protected void Write(Action<TensorBundleWriter>? change = null, TableFileWriter? table = null)
    {
        using var writer = new TensorBundleWriter(Prefix);
        writer.Add("step", DataType.DtInt64, [], TensorBundleWriter.Bytes(7L));
        writer.Add("weights", [3], [1, 2, 3]);
        change?.Invoke(writer);
        writer.Finish(table);
    }

    protected void WriteTable(params (string Key, byte[] Value)[] rows)
    {
        var table = new TableFileWriter();
        foreach (var (key, value) in rows)
            table.Add([.. key.Select(letter => (byte)letter)], value);
        File.WriteAllBytes(Index, table.Finish());
    }
}
