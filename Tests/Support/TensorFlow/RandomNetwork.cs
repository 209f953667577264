using ClassifierFunctions.ModelTool.TensorFlow;
using ClassifierFunctions.Tests.Support.TensorFlow.Nodes;
using ClassifierFunctions.Tests.Support.TensorFlow.Reference;

namespace ClassifierFunctions.Tests.Support.TensorFlow;

/// <summary>A network of nodes chosen at random, in which values of all ranks and layouts meet. The same seed makes the same network.</summary>
internal sealed class RandomNetwork
{
    private const int Steps = 14;

    private readonly Random _random;
    private readonly TestGraph _graph;
    private readonly List<(string Name, ReferenceTensor Value)> _made = [];

    private RandomNetwork(TestGraph graph, string input, ReferenceTensor picture, int seed)
    {
        (_graph, _random) = (graph, new Random(seed));
        _made.Add((input, picture));
    }

    /// <param name="input">A tensor of pictures.</param>
    /// <param name="picture">Its numbers, from which the network learns shapes.</param>
    /// <returns>The network's output.</returns>
    public static string Add(TestGraph graph, string input, ReferenceTensor picture, int seed)
    {
        var network = new RandomNetwork(graph, input, picture, seed);
        for (var step = 0; step < Steps; step++)
            network.Step();
        return network._made[^1].Name;
    }

    private void Step()
    {
        // Mostly what was made last, so that the network is deep.
        var (name, value) = _made[_random.Next(3) == 0 ? _random.Next(_made.Count) : _made.Count - 1];
        var node = value.Rank switch
        {
            4 => Picture(name, value),
            3 => Sequence(name, value),
            2 => Features(name, value),
            _ => _graph.ExpandDims(name, 1),
        };
        var result = new ReferenceGraph(_graph.Definition, _made.ToDictionary(made => made.Name, made => made.Value)).Run(node);
        // Numbers stay about as great as they are; those that are next to nothing may be no more than rounding.
        var greatest = result.Values.Max(Math.Abs);
        if (greatest is > 4 or (> 1e-3 and < 0.05))
        {
            node = _graph.Apply("Mul", node, _graph.Scalar((float)(1 / greatest)));
            result = result.Map(number => number * (float)(1 / greatest));
        }

        if (_made.All(made => made.Name != node))
            _made.Add((node, result));
    }

    private string Picture(string name, ReferenceTensor value)
    {
        var (height, width, channels) = (value.Dims[1], value.Dims[2], value.Dims[3]);
        var filters = _random.Next(1, 5);
        return _random.Next(38) switch
        {
            0 or 1 => _graph.Conv2D(name, _graph.Random(_random.Next(1, 4), _random.Next(1, 4), channels, filters), (_random.Next(1, 3), _random.Next(1, 3))),
            2 => _graph.Apply("Relu", _graph.BiasAdd(_graph.Conv2D(name, _graph.Random(1, 1, channels, filters)), _graph.Random(filters))),
            3 => _graph.Depthwise(name, _graph.Random(_random.Next(1, 4), 2, channels, _random.Next(1, 3))),
            4 => _graph.Pool(_random.Next(2) == 0 ? "MaxPool" : "AvgPool", name, (_random.Next(1, 4), 2), (_random.Next(1, 3), 1), "SAME"),
            5 => _graph.FusedBatchNorm("FusedBatchNormV3", name, channels, 0.001f),
            6 => _graph.Apply("Softmax", name),
            7 => _graph.Pad(name, 0, 0, _random.Next(2), 1, 0, _random.Next(3), 0, _random.Next(2)),
            8 => _graph.Apply("Mul", name, _graph.Random([.. value.Dims[_random.Next(1, 4)..].Select(size => _random.Next(2) == 0 ? 1 : size)])),
            9 => _graph.Reduce("Max", name, _graph.Vector([.. Enumerable.Range(1, 3).Where(_ => _random.Next(2) == 0)]), keepDims: true),
            10 => _graph.Reduce("Mean", name, _graph.Vector(_random.Next(1, 4)), keepDims: false),
            11 => _graph.Transpose(name, [0, .. Shuffled(1, 2, 3)]),
            12 => _graph.Reshape(name, -1, height * width, channels),
            13 => _graph.Reshape(name, -1, height * width * channels),
            14 => _graph.Reshape(name, [-1, .. Shuffled(height, width, channels)]),
            15 => _graph.Slice(name, [0, height / 2, 0, channels / 2], [-1, -1, -1, -1]),
            16 => _graph.StridedSlice(name, [0, 0, 0, 0], [0, 0, 0, 0], [1, -1, 1, -1], 0b1111, 0b1111),
            17 => Unary(name),
            18 => Concatenated(name, value),
            19 => _graph.Conv2D(name, _graph.Random(2, _random.Next(1, 4), height, filters), (1, _random.Next(1, 3)), format: "NCHW"),
            20 => _graph.BiasAdd(name, _graph.Random(height), "NCHW"),
            21 => _graph.Pool("MaxPool", name, (1, 2), (1, 2), "SAME", "NCHW"),
            22 => _graph.Split(name, 3, channels) + (channels > 1 ? ":1" : ""),
            23 => _graph.SplitV(name, 1, height / 2, height - (height / 2)) + ":1",
            24 => _graph.Unpack(name, 3, channels),
            25 => _graph.Unpack(name, 2, width) + (width > 1 ? ":1" : ""),
            26 => _graph.StridedSlice(name, [0, height / 2], [0, (height / 2) + 1], [1, 1], 1, 1, shrink: 2),
            27 => _graph.Resize(_random.Next(2) == 0 ? "ResizeBilinear" : "ResizeNearestNeighbor", name, _graph.Vector(4, _random.Next(1, 7)), false, true),
            28 => _graph.LocalResponseNormalization(name, 1, 1, 0.5f, 0.75f),
            29 when channels % 2 == 0
                => _graph.Reshape(_graph.Transpose(_graph.Reshape(name, -1, height, width, channels / 2, 2), 0, 1, 2, 4, 3), -1, height, width, channels),
            30 when value.Values.Length < 600 => _graph.Tile(name, 1, _random.Next(1, 3), 1, _random.Next(1, 3)),
            31 => _graph.MirrorPad(name, "SYMMETRIC", 0, 0, 1, 0, 0, 1, 0, 0),
            32 when height % 2 == 0 && width % 2 == 0 => _graph.Block("SpaceToDepth", name, 2),
            33 when channels % 4 == 0 => _graph.Block("DepthToSpace", name, 2),
            34 => _graph.Gather(name, _graph.Vector(channels - 1, 0), 3),
            _ => Joined(name, value),
        };
    }

    private string Sequence(string name, ReferenceTensor value) => _random.Next(9) switch
    {
        0 => _graph.Transpose(name, 0, 2, 1),
        1 => _graph.ExpandDims(name, _random.Next(1, 4)),
        2 => _graph.Apply("Softmax", name),
        3 => _graph.Reduce("Mean", name, _graph.Vector(_random.Next(1, 3)), keepDims: _random.Next(2) == 0),
        4 => _graph.Apply("Add", name, _graph.Random(value.Dims[2])),
        5 => Unary(name),
        6 => _graph.Reshape(name, -1, value.Dims[1] * value.Dims[2]),
        7 => _graph.Pack(_random.Next(1, 4), name, name),
        _ => Joined(name, value),
    };

    private string Features(string name, ReferenceTensor value) => _random.Next(7) switch
    {
        0 or 1 => _graph.MatMul(name, _graph.Random(value.Dims[1], _random.Next(1, 6))),
        2 => _graph.Apply("Softmax", name),
        3 => _graph.Reshape(name, -1, 1, 1, value.Dims[1]),
        4 => _graph.ExpandDims(name, _random.Next(1, 3)),
        5 => Unary(name),
        _ => Joined(name, value),
    };

    private string Unary(string name)
    {
        string[] ops = ["Relu", "Relu6", "Sigmoid", "Tanh", "Neg", "Square", "Identity", "Abs"];
        return _graph.Apply(ops[_random.Next(ops.Length)], name);
    }

    /// <summary>With another tensor with which it can be broadcast.</summary>
    private string Joined(string name, ReferenceTensor value)
    {
        string[] others = [.. _made.Where(made => IsBroadcast(value.Dims, made.Value.Dims)).Select(made => made.Name)];
        string[] ops = ["Add", "Sub", "Mul", "Maximum"];
        return _graph.Apply(ops[_random.Next(ops.Length)], Shuffled(name, others[_random.Next(others.Length)]));
    }

    private string Concatenated(string name, ReferenceTensor value)
    {
        var axis = _random.Next(1, value.Rank);
        string[] others =
        [
            .. _made.Where(made => made.Value.Rank == value.Rank && made.Value.Dims.Where((size, i) => i != axis && size != value.Dims[i]).Any() is false)
                .Select(made => made.Name),
        ];
        return _graph.Concat(axis, Shuffled(name, others[_random.Next(others.Length)]));
    }

    private T[] Shuffled<T>(params T[] items)
    {
        _random.Shuffle(items);
        return items;
    }

    // Of the same rank: of another one, the batch would meet another axis.
    private static bool IsBroadcast(int[] a, int[] b)
        => a.Length == b.Length && a.Zip(b).All(pair => pair.First == pair.Second || pair.First == 1 || pair.Second == 1);
}
