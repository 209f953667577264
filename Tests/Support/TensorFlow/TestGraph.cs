using System.Runtime.InteropServices;
using ClassifierFunctions.ModelTool.TensorFlow;
using ClassifierFunctions.ModelTool.TensorFlow.Sources;
using Google.Protobuf;

namespace ClassifierFunctions.Tests.Support.TensorFlow;

/// <summary>A graph that grows node by node. Each method returns the name by which other nodes take the new node's first output.</summary>
internal sealed class TestGraph
{
    private readonly Random _random = new(20160512);

    /// <summary>TensorFlow 1.15's versions.</summary>
    public GraphDef Definition { get; private init; } = new() { Versions = new() { Producer = 134, MinConsumer = 12 } };

    /// <summary>What begins the names of nodes that are not named: <c>tf.name_scope</c>, with the slash at its end.</summary>
    public string Scope { get; set; } = "";

    public string Add(string op, string[] inputs, params (string Name, AttrValue Value)[] attributes)
        => AddNamed(NewName(op), op, inputs, attributes);

    public string AddNamed(string name, string op, string[] inputs, params (string Name, AttrValue Value)[] attributes)
    {
        var node = new NodeDef { Name = name, Op = op, Input = { inputs } };
        foreach (var (key, value) in attributes)
            node.Attr.Add(key, value);
        Definition.Node.Add(node);
        return name;
    }

    /// <param name="dims">-1 is a dimension that is not known.</param>
    public string Placeholder(string name, DataType type, params int[] dims)
        => AddNamed(name, "Placeholder", [], ("dtype", AttributeValue.Of(type)), ("shape", AttributeValue.Shape(dims)));

    /// <summary>A constant whose numbers are packed bytes, as TensorFlow writes those of more than one.</summary>
    /// <param name="values">Row-major. float, double, int, long, bool and Half are those of TensorFlow's types of the same names.</param>
    public string Constant<T>(T[] values, params int[] dims)
        where T : unmanaged
        => Constant(new TensorProto
        {
            Dtype = TypeOf<T>(),
            TensorShape = AttributeValue.ShapeOf(dims),
            TensorContent = ByteString.CopyFrom(MemoryMarshal.AsBytes<T>(values)),
        });

    public string Constant(TensorProto value) => Add("Const", [], ("dtype", AttributeValue.Of(value.Dtype)), ("value", AttributeValue.Of(value)));

    public string Vector(params int[] values) => Constant(values, values.Length);

    public string Scalar(float value) => Constant(Fill(value));

    public string Scalar(int value) => Constant(Fill(value));

    public string Scalar(bool value) => Constant(Fill(value));

    /// <summary>Numbers of [-1, 1), others for each constant but the same in each run.</summary>
    public string Random(params int[] dims) => RandomIn(-1, 1, dims);

    /// <summary>Numbers of [low, high).</summary>
    public string RandomIn(float low, float high, params int[] dims)
        => Constant([.. Enumerable.Range(0, dims.Aggregate(1, (a, b) => a * b)).Select(_ => low + ((high - low) * _random.NextSingle()))], dims);

    /// <summary>One number for a whole shape, which TensorFlow writes once.</summary>
    public static TensorProto Fill(float value, params int[] dims)
        => new() { Dtype = DataType.DtFloat, TensorShape = AttributeValue.ShapeOf(dims), FloatVal = { value } };

    public static TensorProto Fill(int value, params int[] dims)
        => new() { Dtype = DataType.DtInt32, TensorShape = AttributeValue.ShapeOf(dims), IntVal = { value } };

    public static TensorProto Fill(bool value, params int[] dims)
        => new() { Dtype = DataType.DtBool, TensorShape = AttributeValue.ShapeOf(dims), BoolVal = { value } };

    public TestGraph Clone() => new() { Definition = Definition.Clone() };

    /// <summary>Writes the frozen graph and returns its path.</summary>
    public string Save(string folder, string name = "frozen.pb")
    {
        var path = Path.Combine(folder, name);
        File.WriteAllBytes(path, Definition.ToByteArray());
        return path;
    }

    /// <summary>Reads it as a frozen graph, from a file that is gone then.</summary>
    public TensorFlowModel Open()
    {
        using var folder = new TemporaryFolder();
        return TensorFlowModel.Open(Save(folder.Path));
    }

    private static DataType TypeOf<T>()
        where T : unmanaged
        => default(T) switch
        {
            float => DataType.DtFloat,
            double => DataType.DtDouble,
            int => DataType.DtInt32,
            long => DataType.DtInt64,
            bool => DataType.DtBool,
            Half => DataType.DtHalf,
            byte => DataType.DtUint8,
            _ => throw new NotSupportedException(typeof(T).Name),
        };

    /// <summary>TensorFlow's own way to name nodes that have none: Conv2D, Conv2D_1, ...</summary>
    private string NewName(string op)
    {
        var taken = Definition.Node.Count(node => node.Op == op && node.Name.StartsWith(Scope, StringComparison.Ordinal));
        return taken == 0 ? Scope + op : $"{Scope}{op}_{taken}";
    }
}
