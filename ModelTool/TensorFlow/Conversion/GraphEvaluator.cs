using ClassifierFunctions.ModelTool.TensorFlow.Conversion.Graph;
using ClassifierFunctions.ModelTool.TensorFlow.Conversion.Operations;
using ClassifierFunctions.ModelTool.TensorFlow.Sources;

namespace ClassifierFunctions.ModelTool.TensorFlow.Conversion;

/// <summary>
/// Follows TensorFlow's graph from what is asked for back to the image, as inference runs it, and says each node in ONNX. Nothing that the output
/// does not need is looked at: that is how optimiser, losses, savers and summaries go.
/// </summary>
internal sealed class GraphEvaluator(TensorFlowModel source, ImageInput input, PlaceholderValues placeholders)
{
    /// <summary>Deeper than any network; a file that is, is damaged, and the stack has an end.</summary>
    public const int MaxDepth = 10_000;

    // Weights are no shapes: integers beyond are data.
    private const int MaxShapeNumbers = 1 << 16;

    private readonly Dictionary<string, IReadOnlyList<Operand>> _done = [];
    private readonly HashSet<string> _open = [];
    private readonly Dropout _dropout = new(source);
    private GraphValue? _batchSize;
    private Deadness? _deadness;

    public ComputeGraph Graph { get; } = new();

    public LayerTable Layers { get; } = new();

    /// <summary>What cannot be converted, by operation: the node, and why where the operation as such could be.</summary>
    public List<(string Operation, string Node, string? Why)> Unsupported { get; } = [];

    /// <summary>Nodes that were looked at: what the model consists of in TensorFlow's terms. A copy, which does not hold the weights.</summary>
    public IReadOnlyCollection<string> Used => [.. _done.Keys];

    /// <summary>Dropout layers that were left out.</summary>
    public IReadOnlyCollection<string> Dropouts => _dropout.Found;

    /// <summary>Batch normalisations that were saved as in training, and take their moving averages instead.</summary>
    public HashSet<string> TrainingNormalisations { get; } = [];

    /// <summary>Nodes that reckon over all images of a run.</summary>
    public HashSet<string> AcrossImages { get; } = [];

    public TensorFlowModel Source => source;

    public ImageInput Input => input;

    /// <summary>The tensor of that name.</summary>
    /// <param name="tensor">A node, or node:number.</param>
    /// <exception cref="ImportException">The graph is damaged.</exception>
    public Operand Get(string tensor)
    {
        var (name, port) = TensorName.Parse(tensor);
        if (!_done.TryGetValue(name, out var outputs))
        {
            if (!source.Nodes.TryGetValue(name, out var node))
                throw new ImportException($"{source.Path}: there is no node {name}.");
            if (!_open.Add(name))
                throw new ImportException($"{source.Path}: node {name} needs its own result: the file is damaged, or a loop, which is not supported.");
            if (_open.Count > MaxDepth)
                throw new ImportException($"{source.Path}: more than {MaxDepth} nodes depend on one another in a row: the file is damaged.");
            _done[name] = outputs = Evaluate(node);
            _open.Remove(name);
        }

        return port < outputs.Count ? outputs[port]
            : outputs is [Operand.Dead or Operand.Failed] ? outputs[0]
            : throw new ImportException($"{source.Path}: {tensor} is asked for, but {name} has only {outputs.Count} that can be converted.");
    }

    /// <summary>True when a constant predicate keeps the node from running.</summary>
    public bool IsDead(string tensor) => (_deadness ??= new Deadness(source, this)).IsDead(tensor);

    /// <summary>The number of images of a run, as int64 of shape [1].</summary>
    public GraphValue BatchSize()
    {
        if (_batchSize is null)
        {
            var shape = Graph.Add("Shape", "batch/shape", DataType.DtInt64, [Graph.Input!.Dims.Count], [Graph.Input]);
            _batchSize = Graph.Add(
                "Slice", "batch/size", DataType.DtInt64, [1], [shape, ComputeGraph.Constant("batch/first", 0), ComputeGraph.Constant("batch/second", 1)]);
        }

        return _batchSize;
    }

    /// <summary>A constant as operand: few integers become shapes that can be reckoned with.</summary>
    public static Operand Constant(string name, DataType type, IReadOnlyList<long> dims, Func<Tensor> read, bool isWeights)
    {
        var count = dims.Aggregate(1L, (product, dim) => product * dim);
        return type is DataType.DtInt32 or DataType.DtInt64 && count <= MaxShapeNumbers
            ? new Operand.Integers(type, dims, [.. read().Integers()!.Select(number => new Dim(number))])
            : new Operand.Constant(type, dims, name, read, isWeights ? [new Weights(name, count)] : []);
    }

    private IReadOnlyList<Operand> Evaluate(NodeDef node)
    {
        if (input.Node == node.Name)
            return [.. Enumerable.Range(0, input.Port + 1).Select(port => port == input.Port ? input.Operand(this) : new Operand.Failed())];
        if (placeholders.TryGet(node) is { } value)
            return [value];
        if (_dropout.Kept(node) is { } kept)
            return [Get(kept)];
        try
        {
            if (ControlFlow.TryEvaluate(node, this) is { } taken)
                return taken;
            // The older tf.nn.moments, which ends in a sum or difference of vectors.
            if (node.Op is "Add" or "Sub" && MovingStatistics.Instead(this, node) is { } average)
                return [average];
            if (!OperationTable.All.TryGetValue(node.Op, out var convert))
                return Fail(node, null);
            Operand[] inputs = [.. TensorName.DataInputs(node).Select(Get)];
            if (inputs.OfType<Operand.Failed>().Any())
                return [new Operand.Failed()];
            if (inputs.OfType<Operand.Dead>().Any())
                return [new Operand.Dead()];
            var context = new NodeContext(node, inputs, this);
            return IntegerOperations.TryEvaluate(context) ?? convert(context);
        }
        catch (UnsupportedException unsupported)
        {
            return Fail(node, unsupported.Message);
        }
    }

    private Operand[] Fail(NodeDef node, string? why)
    {
        Unsupported.Add((node.Op, node.Name, why));
        // One error lists them all: look behind this one, too, unless it leads into a loop.
        if (why is null && node.Op is not ("Exit" or "NextIteration" or "LoopCond"))
        {
            foreach (var before in TensorName.DataInputs(node))
                Get(before);
        }

        return [new Operand.Failed()];
    }
}
