using ClassifierFunctions.ModelTool.TensorFlow;
using ClassifierFunctions.ModelTool.TensorFlow.Sources;
using ClassifierFunctions.Tests.Support.TensorFlow.Nodes;
using ClassifierFunctions.Tests.Support.TensorFlow.Reference;
using Google.Protobuf;

namespace ClassifierFunctions.Tests.Support.TensorFlow;

/// <summary>A graph with variables, and their values as tf.train.Saver writes them.</summary>
/// <param name="shards">Into how many files.</param>
internal sealed class TestCheckpoint(int shards = 1) : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<(string Node, string Tensor, ReferenceTensor Whole, (int Start, int Length)[] Part)> _variables = [];

    public TestGraph Graph { get; } = new();

    /// <summary>What the checkpoint holds, by the names of the nodes that give it: for the reference implementation.</summary>
    public Dictionary<string, ReferenceTensor> Values { get; } = [];

    /// <summary>A variable with the node that reads it, which is returned.</summary>
    public string Variable(string name, ReferenceTensor value)
    {
        Values.Add(name, value);
        return Read(name, name, value, [.. value.Dims.Select(size => (0, size))]);
    }

    /// <summary>A variable in parts of its last axis, which a node joins; that is returned. The parts are called name/part_0 and so on.</summary>
    public string Partitioned(string name, ReferenceTensor value, params int[] sizes)
    {
        var parts = new List<string>();
        var start = 0;
        foreach (var size in sizes)
        {
            var part = value.Dims.Select(length => (0, length)).SkipLast(1).Append((start, size)).ToArray();
            parts.Add(Read($"{name}/part_{parts.Count}", name, value, part));
            start += size;
        }

        var joined = Graph.Concat(value.Rank - 1, [.. parts]);
        Values.Add(joined, value);
        return joined;
    }

    /// <summary>Writes the files and reads them.</summary>
    public TensorFlowModel Open()
    {
        var prefix = Path.Combine(_folder.Path, "model.ckpt");
        var meta = new MetaGraphDef { MetaInfoDef = new() { TensorflowVersion = "1.15.0" }, GraphDef = Graph.Definition, SaverDef = AddSaver() };
        File.WriteAllBytes($"{prefix}.meta", meta.ToByteArray());
        using var writer = new TensorBundleWriter(prefix, shards);
        foreach (var (index, (_, tensor, whole, part)) in _variables.Index())
        {
            long[] dims = [.. whole.Dims.Select(size => (long)size)];
            var bytes = TensorBundleWriter.Bytes([.. whole.Values.Select(value => (float)value)]);
            (long, long)[] extents = [.. part.Select((extent, axis) => extent == (0, whole.Dims[axis]) ? (0, -1) : ((long)extent.Start, (long)extent.Length))];
            if (IsWhole(whole, part))
                writer.Add(tensor, DataType.DtFloat, dims, bytes, index % shards);
            else
                writer.AddSlice(tensor, DataType.DtFloat, dims, extents, TensorBundleWriter.Cut(bytes, dims, extents), index % shards);
        }

        writer.Finish();
        return TensorFlowModel.Open(prefix);
    }

    public void Dispose() => _folder.Dispose();

    private static bool IsWhole(ReferenceTensor whole, (int Start, int Length)[] part) => part.Select(extent => extent.Length).SequenceEqual(whole.Dims);

    private string Read(string node, string tensor, ReferenceTensor whole, (int Start, int Length)[] part)
    {
        _variables.Add((node, tensor, whole, part));
        var shape = AttributeValue.Shape([.. part.Select(extent => extent.Length)]);
        Graph.AddNamed(node, "VariableV2", [], ("dtype", AttributeValue.Of(DataType.DtFloat)), ("shape", shape));
        return Graph.AddNamed($"{node}/read", "Identity", [node], ("T", AttributeValue.Of(DataType.DtFloat)));
    }

    private SaverDef AddSaver()
    {
        Graph.Scope = "save/";
        var names = Texts(_variables.Select(variable => variable.Tensor));
        // "4 8 0,4:3,3" is rows 0 to 3 and columns 3 to 5 of a tensor of [4, 8].
        var slices = Texts(_variables.Select(variable => IsWhole(variable.Whole, variable.Part) ? ""
            : $"{string.Join(' ', variable.Whole.Dims)} {string.Join(':', variable.Part.Select(extent => $"{extent.Start},{extent.Length}"))}"));
        var restore = Graph.Add("RestoreV2", [Texts(["model"]), names, slices], ("dtypes", AttributeValue.Types([.. _variables.Select(_ => DataType.DtFloat)])));
        string[] assigned = [.. _variables.Select((variable, index) => Graph.Apply("Assign", variable.Node, index == 0 ? restore : $"{restore}:{index}"))];
        return new SaverDef { RestoreOpName = Graph.AddNamed("save/restore_all", "NoOp", [.. assigned.Select(node => $"^{node}")]) };
    }

    private string Texts(IEnumerable<string> texts)
    {
        ByteString[] all = [.. texts.Select(ByteString.CopyFromUtf8)];
        return Graph.Constant(new TensorProto { Dtype = DataType.DtString, TensorShape = AttributeValue.ShapeOf(all.Length), StringVal = { all } });
    }
}
