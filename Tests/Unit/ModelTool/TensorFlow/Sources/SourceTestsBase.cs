using System.Runtime.InteropServices;
using ClassifierFunctions.ModelTool.TensorFlow;
using ClassifierFunctions.ModelTool.TensorFlow.Sources;
using ClassifierFunctions.Tests.Support;
using ClassifierFunctions.Tests.Support.TensorFlow;

namespace ClassifierFunctions.Tests.Unit.ModelTool.TensorFlow.Sources;

/// <summary>A folder for the files of a small model.</summary>
public abstract class SourceTestsBase : IDisposable
{
    private protected TemporaryFolder Folder { get; } = new();

    protected string Prefix => In("model.ckpt");

    public void Dispose()
    {
        Folder.Dispose();
        GC.SuppressFinalize(this);
    }

    protected string In(params string[] parts) => Path.Combine([Folder.Path, .. parts]);

    protected static void Fails(Action act, params string[] parts)
    {
        var failure = Assert.Throws<ImportException>(act);
        Assert.All(parts, part => Assert.Contains(part, failure.Message, StringComparison.Ordinal));
    }

    protected static void FailsToOpen(string path, params string[] parts) => Fails(() => TensorFlowModel.Open(path).Dispose(), parts);

    private protected TensorFlowModel Open(SourceGraph graph) => TensorFlowModel.Open(graph.WriteGraph(In("graph.pb")));

    /// <summary>As a MetaGraphDef, which has operations' signatures.</summary>
    private protected TensorFlowModel OpenMeta(SourceGraph graph, Action<TensorBundleWriter>? variables = null)
    {
        graph.WriteMeta(Prefix);
        WriteCheckpoint(Prefix, variables);
        return TensorFlowModel.Open(Prefix);
    }

    private protected static void WriteCheckpoint(string prefix, Action<TensorBundleWriter>? variables = null)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(prefix)!);
        using var writer = new TensorBundleWriter(prefix);
        writer.Add("step", [], [0]);
        variables?.Invoke(writer);
        writer.Finish();
    }

    private protected static float[] Numbers(Tensor tensor)
        => MemoryMarshal.Cast<byte, float>(tensor.Bytes.Span).ToArray();

    private protected static string[] Inputs(TensorFlowModel model, string node) => [.. model.Nodes[node].Input];
}
