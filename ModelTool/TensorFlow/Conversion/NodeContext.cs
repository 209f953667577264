using System.Text;
using ClassifierFunctions.Models.Onnx;
using ClassifierFunctions.ModelTool.TensorFlow.Conversion.Graph;
using ClassifierFunctions.ModelTool.TensorFlow.Conversion.Operations;
using static ClassifierFunctions.ModelTool.TensorFlow.AttrValue.ValueOneofCase;

namespace ClassifierFunctions.ModelTool.TensorFlow.Conversion;

/// <summary>A node that is being converted: its attributes, its inputs in the form that the conversion wants, and what it becomes.</summary>
internal sealed class NodeContext(NodeDef node, IReadOnlyList<Operand> inputs, GraphEvaluator evaluator)
{
    // 1 GB of float32 for one image is beyond any classifier, and within what a machine has.
    private const int MaxNumbers = 1 << 28;

    private LayerRow? _layer = LayerTable.Latest(inputs);

    public string Name => node.Name;

    public string Operation => node.Op;

    public NodeDef Node => node;

    public GraphEvaluator Evaluator => evaluator;

    public ComputeGraph Graph => evaluator.Graph;

    public int Count => inputs.Count;

    // :: Attributes

    /// <exception cref="UnsupportedException">The node has no such attribute, and there is no default.</exception>
    public long Int(string name, long? fallback = null) => Attribute(name, I, fallback is not null)?.I ?? fallback!.Value;

    public float Float(string name, float fallback) => Attribute(name, F, optional: true)?.F ?? fallback;

    public bool Bool(string name, bool fallback = false) => Attribute(name, B, optional: true)?.B ?? fallback;

    public string Text(string name, string? fallback = null) => Attribute(name, S, fallback is not null)?.S.ToString(Encoding.UTF8) ?? fallback!;

    public DataType Type(string name, DataType? fallback = null) => Attribute(name, AttrValue.ValueOneofCase.Type, fallback is not null)?.Type ?? fallback!.Value;

    public Tensor TensorValue(string name) => ConstantReader.Read(Attribute(name, AttrValue.ValueOneofCase.Tensor, optional: false)!.Tensor);

    /// <summary>A list of integers; empty when the node has none and need not.</summary>
    public IReadOnlyList<long> Ints(string name, bool optional = false) => Attribute(name, List, optional)?.List.I ?? (IReadOnlyList<long>)[];

    // :: Inputs

    /// <exception cref="UnsupportedException">There are fewer inputs, or it is no tensor.</exception>
    public Operand.Present Input(int index) => Raw(index) switch
    {
        Operand.Computed { Split: not null } blocks when !Dilation.Takes(node.Op) => BatchBlocks.Apart(this, blocks),
        Operand.Present present => present,
        _ => throw new UnsupportedException("uses a variable as if it were its value"),
    };

    public IReadOnlyList<Operand.Present> AllInputs() => [.. Enumerable.Range(0, inputs.Count).Select(Input)];

    public Operand Raw(int index) => index < inputs.Count ? inputs[index] : throw new UnsupportedException($"has {inputs.Count} inputs, too few");

    /// <summary>Numbers of a shape, axes and the like, which must be known now; those that depend on the number of images come as such.</summary>
    /// <exception cref="UnsupportedException">They depend on the image.</exception>
    public IReadOnlyList<Dim> Numbers(int index) => Input(index) switch
    {
        Operand.Integers integers => integers.Numbers,
        Operand.Constant constant when constant.Read().Integers() is { } numbers => [.. numbers.Select(number => new Dim(number))],
        Operand.Computed { Value.IsConstant: true } computed when ConstantFolding.Evaluate(computed.Value).Integers() is { } numbers
            => [.. numbers.Select(number => new Dim(number))],
        _ => throw new UnsupportedException($"has an input {index} that depends on the image, where whole numbers that are known now must be"),
    };

    /// <summary>The same, where the number of images must not matter.</summary>
    public long[] Longs(int index)
        => [.. Numbers(index).Select(number => number.Known ?? throw new UnsupportedException($"has an input {index} that depends on the number of images"))];

    /// <summary>One such number.</summary>
    public long Long(int index)
        => Longs(index) is [var number] ? number : throw new UnsupportedException($"has {Numbers(index).Count} numbers as input {index}, where one must be");

    /// <summary>An axis, counted from the front.</summary>
    public static int Axis(long axis, int rank)
        => axis >= -rank && axis < rank ? (int)(axis < 0 ? axis + rank : axis) : throw new UnsupportedException($"has axis {axis}, but the tensor has {rank} dimensions");

    // :: Forms of an input

    /// <summary>As TensorFlow has it.</summary>
    public GraphValue Plain(Operand.Present operand) => operand switch
    {
        Operand.Constant constant => constant.Value("plain", tensor => tensor),
        Operand.Integers integers => Value(integers),
        Operand.Computed { Layout: Layout.Plain } computed => computed.Value,
        Operand.Computed computed => Transposed(computed, Layout.Plain, [0, 2, 3, 1]),
        _ => throw new UnsupportedException("has an input that is no tensor"),
    };

    /// <summary>[N, H, W, C] as [N, C, H, W]. Fewer dimensions than four are those on the right.</summary>
    public GraphValue ChannelsFirst(Operand.Present operand)
    {
        var missing = 4 - operand.Dims.Count;
        switch (operand)
        {
            case Operand.Constant constant when missing >= 0:
                return constant.Value("channels first", tensor => tensor.Reshaped([.. Enumerable.Repeat(1L, missing), .. tensor.Dims]).Transposed(0, 3, 1, 2));
            case Operand.Computed { Layout: Layout.ChannelsFirst } computed:
                return computed.Value;
            case Operand.Computed when missing == 0:
                return Transposed((Operand.Computed)operand, Layout.ChannelsFirst, [0, 3, 1, 2]);
            case not null when missing >= 0:
                var whole = Reshape(Plain(operand), [.. Enumerable.Repeat(new Dim(1), missing), .. operand.Dims]);
                return Add("Transpose", whole.Type, [whole.Dims[0], whole.Dims[3], whole.Dims[1], whole.Dims[2]], [whole], ("perm", new long[] { 0, 3, 1, 2 }));
            default:
                throw new UnsupportedException($"has an input of {operand!.Dims.Count} dimensions, where an image must be");
        }
    }

    /// <summary>An image operand as the operators on images want it, from either of TensorFlow's data formats.</summary>
    public GraphValue Image(Operand.Present operand, bool channelsLast)
        => operand.Dims.Count != 4 ? throw new UnsupportedException($"has an input of {operand.Dims.Count} dimensions, where images of 4 must be")
            : channelsLast ? ChannelsFirst(operand)
            : Plain(operand);

    /// <summary>Weights as float32 in another order of axes.</summary>
    public GraphValue Reordered(Operand.Present operand, IReadOnlyList<int> order)
    {
        if (operand is Operand.Constant constant)
            return constant.Value(string.Join(' ', order), tensor => tensor.Transposed(order));
        var plain = Plain(operand);
        return Add("Transpose", plain.Type, [.. order.Select(axis => plain.Dims[axis])], [plain], ("perm", order.Select(axis => (long)axis).ToArray()));
    }

    // :: Results

    /// <summary>Begins a row of the layer table: what this node and those after it add to the weights is counted there.</summary>
    public void BeginLayer(string operation, IReadOnlyList<Dim> output) => _layer = evaluator.Layers.Begin(node, operation, output);

    /// <summary>A node of the graph in the making, counting the weights that flow into it.</summary>
    public GraphValue Add(
        string @operator, DataType type, IReadOnlyList<Dim> dims, IReadOnlyList<GraphValue?> from, params ReadOnlySpan<OnnxAttribute> attributes)
        => Add(@operator, type, [dims], from, attributes).Output;

    /// <summary>The same with several outputs.</summary>
    public GraphNode Add(
        string @operator, DataType type, IReadOnlyList<IReadOnlyList<Dim>> outputs, IReadOnlyList<GraphValue?> from, params ReadOnlySpan<OnnxAttribute> attributes)
    {
        if (outputs.Any(dims => dims.Aggregate((Int128)1, (product, dim) => product * dim.Factor) > MaxNumbers))
            throw new UnsupportedException($"makes a tensor of {Describe.Shape(outputs[0])}, which is too large");
        var made = Graph.Add(@operator, type, [.. outputs.Select(dims => (node.Name, dims))], from, attributes);
        if (!made.Output.IsConstant)
            evaluator.Layers.Credit(_layer, from);
        return made;
    }

    /// <summary>Another view of the same numbers; the number of images may stand in one dimension.</summary>
    public GraphValue Reshape(GraphValue value, IReadOnlyList<Dim> dims)
    {
        if (value.Dims.SequenceEqual(dims))
            return value;
        if (dims.Count(dim => dim.PerImage) > 1)
            throw new UnsupportedException($"makes a tensor of {Describe.Shape(dims)}, in which the number of images stands twice");
        var shape = ComputeGraph.Constant($"{node.Name}/shape", [.. dims.Select(dim => dim.Known ?? -1)]);
        return Add("Reshape", value.Type, dims, [value, shape]);
    }

    public Operand.Computed Result(GraphValue value, Layout layout = Layout.Plain) => new(value, layout, _layer);

    /// <summary>The same numbers as an operand, for nodes that change nothing but the shape.</summary>
    public Operand.Computed Result(GraphValue value, bool channelsLast) => Result(value, channelsLast ? Layout.ChannelsFirst : Layout.Plain);

    private GraphValue Transposed(Operand.Computed operand, Layout layout, int[] order)
    {
        if (operand.Other is null)
        {
            var from = operand.Value;
            var value = Graph.Add(
                "Transpose", $"{from.Name}/{(layout == Layout.Plain ? "NHWC" : "NCHW")}", from.Type, [.. order.Select(axis => from.Dims[axis])], [from], ("perm", order.Select(axis => (long)axis).ToArray()));
            operand.Other = new(value, layout, operand.Layer) { Other = operand };
        }

        return operand.Other.Value;
    }

    private GraphValue Value(Operand.Integers integers)
    {
        var type = integers.Type;
        if (integers.Numbers.All(number => !number.PerImage))
        {
            var bytes = type == DataType.DtInt64
                ? integers.Numbers.SelectMany(number => BitConverter.GetBytes(number.Factor))
                : integers.Numbers.SelectMany(number => BitConverter.GetBytes(
                    number.Factor == (int)number.Factor ? (int)number.Factor : throw new UnsupportedException($"reckons with {number}, which is beyond 32 bits")));
            return ComputeGraph.Constant(node.Name, new Tensor(type, integers.Sizes, bytes.ToArray()));
        }

        // Only the run knows the number of images: ask the input, then multiply.
        GraphValue[] parts = [.. integers.Numbers.Select(number => !number.PerImage
            ? ComputeGraph.Constant(node.Name, number.Factor)
            : Add("Mul", DataType.DtInt64, [1], [evaluator.BatchSize(), ComputeGraph.Constant(node.Name, number.Factor)]))];
        var all = parts is [var only] ? only : Add("Concat", DataType.DtInt64, [parts.Length], parts, ("axis", 0));
        var shaped = Reshape(all, integers.Dims);
        return type == DataType.DtInt64 ? shaped : Add("Cast", type, shaped.Dims, [shaped], ("to", (long)OnnxTypes.Of(type)));
    }

    private AttrValue? Attribute(string name, AttrValue.ValueOneofCase kind, bool optional)
        => !node.Attr.TryGetValue(name, out var attribute)
            ? optional ? null : throw new UnsupportedException($"has no attribute {name}: the file is damaged")
            : attribute.ValueCase == kind ? attribute
            // An empty list is written as a list without anything, or as nothing at all.
            : kind == List && attribute.ValueCase == None ? null
            : throw new UnsupportedException($"has an attribute {name} of another kind ({attribute.ValueCase}) than {kind}: the file is damaged");
}
