using Google.Protobuf;

namespace ClassifierFunctions.Models.Onnx;

/// <summary>
/// Builds an ONNX model (onnx/onnx: docs/IR.md, onnx.proto) node by node, in the order of computation, and writes it.
/// The same calls make the same bytes. Whether an operator takes its inputs and attributes is for the runtime that loads the model to say.
/// </summary>
internal sealed class OnnxGraphBuilder
{
    /// <summary>Of ONNX 1.12 (2022): all that image classifiers need; runtimes of the last years know it, and later ones load it too.</summary>
    public const int OperatorSet = 17;

    // The version that goes with it (onnx/onnx, docs/Versioning.md): a runtime refuses one later than its own.
    private const int IrVersion = 8;

    private const int BufferBytes = 1 << 16;

    private readonly ModelProto _model;
    private readonly HashSet<string> _values = [];
    private readonly HashSet<string> _made = [];
    private readonly HashSet<string> _nodes = [];
    private readonly Dictionary<string, int> _nodesOfType = [];

    // As long: the weights may be more than protobuf's own count can tell.
    private long _tensorBytes;

    /// <param name="name">Of the graph; ONNX requires one.</param>
    /// <param name="producer">The program that makes the model.</param>
    /// <param name="producerVersion">Its version, or nothing.</param>
    /// <param name="description">What people should know about the model, or nothing.</param>
    public OnnxGraphBuilder(string name, string producer, string producerVersion = "", string description = "")
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        _model = new()
        {
            IrVersion = IrVersion,
            ProducerName = producer,
            ProducerVersion = producerVersion,
            DocString = description,
            Graph = new() { Name = name },
            OpsetImport = { new OperatorSetIdProto { Version = OperatorSet } },
        };
    }

    private GraphProto Graph => _model.Graph;

    /// <summary>Lets nodes use the operators of <paramref name="domain"/>, such as com.microsoft.</summary>
    /// <exception cref="ArgumentException">The domain is imported already; ONNX's own is from the start.</exception>
    public void Import(string domain, int version)
    {
        if (Imports(domain))
            throw new ArgumentException($"Domain \"{domain}\" is imported already.", nameof(domain));
        _model.OpsetImport.Add(new OperatorSetIdProto { Domain = domain, Version = version });
    }

    /// <exception cref="ArgumentException">The key has a value already.</exception>
    public void Metadata(string key, string value)
    {
        if (_model.MetadataProps.Any(entry => entry.Key == key))
            throw new ArgumentException($"Metadata {key} is set already.", nameof(key));
        _model.MetadataProps.Add(new StringStringEntryProto { Key = key, Value = value });
    }

    /// <summary>What each run of the model is given.</summary>
    /// <exception cref="ArgumentException">The name is empty or taken.</exception>
    public OnnxValue Input(string name, OnnxElement element, params ReadOnlySpan<OnnxDim> dims)
    {
        var value = NewValue(name);
        Graph.Input.Add(Info(value, element, dims));
        return value;
    }

    /// <summary>float32 numbers, not copied: the memory must not change until the graph is saved. No dimensions make a scalar.</summary>
    /// <exception cref="ArgumentException">The name is empty or taken, or the dimensions do not fit the numbers.</exception>
    public OnnxValue Weights(string name, ReadOnlyMemory<float> values, params ReadOnlySpan<long> dims)
        => Weights(name, OnnxTensor.Of(values, dims));

    /// <summary>int64 numbers (shapes, axes, indices), copied. No dimensions make a scalar.</summary>
    /// <inheritdoc cref="Weights(string, ReadOnlyMemory{float}, ReadOnlySpan{long})"/>
    public OnnxValue Weights(string name, ReadOnlySpan<long> values, params ReadOnlySpan<long> dims)
        => Weights(name, OnnxTensor.Of(values, dims));

    /// <summary>
    /// Numbers of any type as little-endian bytes, not copied: the memory must not change until the graph is saved. No dimensions make a scalar.
    /// </summary>
    /// <inheritdoc cref="Weights(string, ReadOnlyMemory{float}, ReadOnlySpan{long})"/>
    public OnnxValue Weights(string name, ReadOnlyMemory<byte> data, OnnxElement element, params ReadOnlySpan<long> dims)
        => Weights(name, OnnxTensor.Of(data, element, dims));

    /// <summary>A float32 scalar.</summary>
    /// <exception cref="ArgumentException">The name is empty or taken.</exception>
    public OnnxValue Scalar(string name, float value) => Weights(name, new[] { value });

    /// <summary>An int64 scalar.</summary>
    /// <exception cref="ArgumentException">The name is empty or taken.</exception>
    public OnnxValue Scalar(string name, long value) => Weights(name, [value]);

    /// <summary>A node that makes one value. Its inputs are in the operator's order, with <see cref="OnnxValue.None"/> for one left out.</summary>
    /// <exception cref="ArgumentException">
    /// The name is taken, an input is not of this graph or not made yet, an attribute is given twice, or the operator's domain is not imported.
    /// </exception>
    public OnnxValue Node(OnnxOperator op, ReadOnlySpan<OnnxValue> inputs, params ReadOnlySpan<OnnxAttribute> attributes)
        => Node(op, inputs, outputs: 1, attributes)[0];

    /// <summary>A node that makes several values. They are named name:0, name:1 and so on; one alone is named as the node.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not even one output.</exception>
    /// <inheritdoc cref="Node(OnnxOperator, ReadOnlySpan{OnnxValue}, ReadOnlySpan{OnnxAttribute})"/>
    public OnnxValue[] Node(OnnxOperator op, ReadOnlySpan<OnnxValue> inputs, int outputs, params ReadOnlySpan<OnnxAttribute> attributes)
    {
        ArgumentException.ThrowIfNullOrEmpty(op.Type);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(outputs);
        var name = op.Name ?? GeneratedName(op.Type);
        var node = new NodeProto { Name = name, OpType = op.Type, Domain = op.Domain };
        if (!Imports(op.Domain))
            throw new ArgumentException($"Node {name}: import domain {op.Domain} first.");
        foreach (var input in inputs)
        {
            if (input != OnnxValue.None && !_values.Contains(input.Name ?? ""))
                throw new ArgumentException($"Node {name}: its input \"{input.Name}\" does not exist yet.");
            node.Input.Add(input.Name);
        }

        foreach (var attribute in attributes)
        {
            if (node.Attribute.Any(other => other.Name == attribute.Proto.Name))
                throw new ArgumentException($"Node {name}: attribute {attribute.Proto.Name} is given twice.");
            node.Attribute.Add(attribute.Proto);
        }

        if (!_nodes.Add(name))
            throw new ArgumentException($"There is a node {name} already.");
        for (var output = 0; output < outputs; output++)
            node.Output.Add(NewValue(outputs == 1 ? name : $"{name}:{output}").Name);
        _made.UnionWith(node.Output);
        _tensorBytes += node.Attribute.Sum(attribute => (long)(attribute.T?.RawData.Length ?? 0));
        Graph.Node.Add(node);
        return [.. node.Output.Select(output => new OnnxValue(output))];
    }

    /// <summary>Makes a value an output of the model, under its name: give the node that makes it a name that people will read.</summary>
    /// <exception cref="ArgumentException">No node makes the value, or it is an output already.</exception>
    public void Output(OnnxValue value, OnnxElement element, params ReadOnlySpan<OnnxDim> dims)
    {
        if (!_made.Contains(value.Name ?? ""))
            throw new ArgumentException($"No node makes output \"{value.Name}\".", nameof(value));
        if (Graph.Output.Any(output => output.Name == value.Name))
            throw new ArgumentException($"{value.Name} is an output already.", nameof(value));
        Graph.Output.Add(Info(value, element, dims));
    }

    /// <summary>Writes a file, whole or not at all: what was there stays if this fails.</summary>
    /// <inheritdoc cref="Write"/>
    public void Save(string path)
    {
        var whole = Path.GetFullPath(path);
        var partial = Path.Combine(Path.GetDirectoryName(whole)!, $".{Path.GetFileName(whole)}.{Guid.NewGuid():N}.partial");
        try
        {
            using (var file = new FileStream(partial, FileMode.CreateNew, FileAccess.Write))
            {
                Write(file);
                file.Flush(flushToDisk: true);
            }

            File.Move(partial, whole, overwrite: true);
        }
        finally
        {
            File.Delete(partial);
        }
    }

    /// <exception cref="InvalidOperationException">The graph has no output, or is beyond the 2 GB of protobuf; nothing is written.</exception>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void Write(Stream stream)
    {
        if (Graph.Output.Count == 0)
            throw new InvalidOperationException($"Graph {Graph.Name} has no output.");
        // Protobuf counts in an int, which wraps around to a negative size; the weights alone tell when it would wrap further.
        if (_tensorBytes > int.MaxValue || _model.CalculateSize() < 0)
            throw new InvalidOperationException(
                $"Graph {Graph.Name} has {_tensorBytes} bytes of weights; an ONNX file ends at {int.MaxValue} bytes. Use float16, or fewer weights.");
        using var output = new CodedOutputStream(stream, BufferBytes, leaveOpen: true);
        _model.WriteTo(output);
    }

    private static ValueInfoProto Info(OnnxValue value, OnnxElement element, ReadOnlySpan<OnnxDim> dims)
    {
        var shape = new TensorShapeProto();
        foreach (var dim in dims)
            shape.Dim.Add(dim.ToProto());
        return new() { Name = value.Name, Type = new() { TensorType = new() { ElemType = (int)element, Shape = shape } } };
    }

    private OnnxValue Weights(string name, OnnxTensor tensor)
    {
        var proto = tensor.ToProto($"Weights {name}");
        proto.Name = NewValue(name).Name;
        _tensorBytes += proto.RawData.Length;
        Graph.Initializer.Add(proto);
        return new(name);
    }

    private OnnxValue NewValue(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return _values.Add(name) ? new(name) : throw new ArgumentException($"There is a value {name} already.", nameof(name));
    }

    // The slash keeps them apart from the names of PyTorch's weights and TensorFlow's nodes, which never begin with one.
    private string GeneratedName(string type)
    {
        var number = _nodesOfType.GetValueOrDefault(type);
        _nodesOfType[type] = number + 1;
        return $"/{type}_{number}";
    }

    private bool Imports(string domain) => _model.OpsetImport.Any(import => import.Domain == domain);
}
