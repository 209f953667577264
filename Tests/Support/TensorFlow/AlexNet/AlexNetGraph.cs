using ClassifierFunctions.ModelTool.TensorFlow;
using ClassifierFunctions.Tests.Support.TensorFlow.Nodes;

namespace ClassifierFunctions.Tests.Support.TensorFlow.AlexNet;

/// <summary>AlexNet's graph as TensorFlow 1.12 wrote such ones: x, keep_prob and y_true in, y_pred out.</summary>
internal sealed class AlexNetGraph
{
    private static readonly (string Name, AttrValue Value) Float = ("T", AttributeValue.Of(DataType.DtFloat));

    private readonly Dictionary<string, string> _read = [];

    public AlexNetGraph()
    {
        foreach (var (name, dims, _) in AlexNet.Variables)
            _read.Add(name, Variable(name, dims));
        var keep = Graph.AddNamed("keep_prob", "Placeholder", [], ("dtype", AttributeValue.Of(DataType.DtFloat)), ("shape", new AttrValue { Shape = new() { UnknownRank = true } }));
        var value = Graph.Placeholder("x", DataType.DtFloat, -1, AlexNet.Side, AlexNet.Side, AlexNet.Channels);
        foreach (var layer in AlexNet.Layers)
            value = Add(layer, value, keep);
        (Graph.Scope, Logits) = ("", value);
        Graph.AddNamed("y_pred", "Softmax", [value], Float);
    }

    public TestGraph Graph { get; } = new();

    /// <summary>What goes into the softmax.</summary>
    public string Logits { get; }

    /// <summary>For each layer: what goes into its convolution or product, and what comes out of that and of each step after it.</summary>
    public List<(AlexNetLayer Layer, List<string> Steps)> Steps { get; } = [];

    public string Read(AlexNetLayer layer, string variable) => _read[$"{layer.Name}/{variable}"];

    /// <summary>A variable with its initial value, and the node that reads it.</summary>
    public string Variable(string name, int[] dims, float initial = 0)
    {
        Graph.AddNamed(
            name, "VariableV2", [], ("dtype", AttributeValue.Of(DataType.DtFloat)), ("shape", AttributeValue.Shape(dims)),
            ("container", AttributeValue.Of("")), ("shared_name", AttributeValue.Of("")));
        var value = TestGraph.Fill(initial, dims);
        Graph.AddNamed($"{name}/Initializer/Const", "Const", [], ("dtype", AttributeValue.Of(value.Dtype)), ("value", AttributeValue.Of(value)));
        Assign($"{name}/Assign", name, $"{name}/Initializer/Const");
        return Graph.AddNamed($"{name}/read", "Identity", [name], Float, Place(name));
    }

    public string Assign(string name, string variable, string value) => Graph.AddNamed(
        name, "Assign", [variable, value], Float, ("validate_shape", AttributeValue.Of(true)), ("use_locking", AttributeValue.Of(true)), Place(variable));

    private static (string Name, AttrValue Value) Place(string variable)
        => ("_class", new AttrValue { List = new() { S = { Google.Protobuf.ByteString.CopyFromUtf8($"loc:@{variable}") } } });

    private string Add(AlexNetLayer layer, string value, string keep)
    {
        if (layer.Name == AlexNet.Layers.First(other => !other.IsConvolution).Name)
            value = Graph.Reshape(value, -1, layer.Weights[0]);
        Graph.Scope = $"{layer.Name}/";
        List<string> steps = [value];
        Steps.Add((layer, steps));
        Step(layer.IsConvolution
            ? Graph.Conv2D(value, Read(layer, "weights"), (layer.Stride, layer.Stride), layer.Padding)
            : Graph.MatMul(value, Read(layer, "weights")));
        Step(Graph.BiasAdd(value, Read(layer, "biases")));
        if (layer != AlexNet.Layers[^1])
            Step(Graph.Apply("Relu", value));
        if (layer.Normalises)
            Step(Graph.LocalResponseNormalization(value, AlexNet.Radius, AlexNet.Bias, AlexNet.Alpha, AlexNet.Beta));
        if (layer.Pools)
            Step(Graph.Pool("MaxPool", value, (AlexNet.PoolSide, AlexNet.PoolSide), (AlexNet.PoolStride, AlexNet.PoolStride), "VALID"));
        return layer.DropsOut ? Dropout(value, keep) : value;

        void Step(string next) => steps.Add(value = next);
    }

    // tf.nn.dropout of TensorFlow 1.0 to 1.12, node by node.
    private string Dropout(string value, string keep)
    {
        Graph.Scope += "dropout/";
        var low = Graph.Scalar(0f);
        var uniform = Graph.Add(
            "RandomUniform", [Graph.Shape(value)], ("dtype", AttributeValue.Of(DataType.DtFloat)), ("T", AttributeValue.Of(DataType.DtInt32)),
            ("seed", AttributeValue.Of(0)), ("seed2", AttributeValue.Of(0)));
        var random = Graph.Apply("Add", Graph.Apply("Mul", uniform, Graph.Apply("Sub", Graph.Scalar(1f), low)), low);
        return Graph.Apply("Mul", Graph.Apply("RealDiv", value, keep), Graph.Apply("Floor", Graph.Apply("Add", keep, random)));
    }
}
