using ClassifierFunctions.ModelTool.TensorFlow;
using ClassifierFunctions.Tests.Support.TensorFlow.Nodes;
using Google.Protobuf;

namespace ClassifierFunctions.Tests.Support.TensorFlow.AlexNet;

/// <summary>What TensorFlow adds to a graph to train it: loss, gradients, Adam with two slots for each variable, and a saver.</summary>
internal static class AlexNetTraining
{
    private static readonly string[] Powers = ["beta1_power", "beta2_power"];

    // Learning rate, both decays, epsilon.
    private static readonly float[] Settings = [1e-4f, 0.9f, 0.999f, 1e-8f];

    private static readonly (string Name, AttrValue Value) Float = ("T", AttributeValue.Of(DataType.DtFloat));

    /// <summary>What the checkpoint holds beside the variables, with their shapes.</summary>
    public static IEnumerable<(string Name, int[] Dims)> State
        => AlexNet.Variables.SelectMany(variable => Slots(variable.Name).Select(slot => (slot, variable.Dims))).Concat(Powers.Select(power => (power, Array.Empty<int>())));

    public static MetaGraphDef Complete(AlexNetGraph network)
    {
        var graph = network.Graph;
        var labels = graph.Placeholder("y_true", DataType.DtFloat, -1, AlexNet.Layers[^1].Outputs);
        var loss = graph.Apply("SoftmaxCrossEntropyWithLogits", network.Logits, labels);
        graph.Reduce("Mean", loss, graph.Vector(0), keepDims: false);
        var gradients = Gradients(network, loss + ":1");
        foreach (var (name, dims) in State)
            network.Variable(name, dims);
        Optimise(graph, gradients);
        return new MetaGraphDef
        {
            MetaInfoDef = new() { TensorflowVersion = "1.12.0", Tags = { "train" } },
            GraphDef = graph.Definition,
            SaverDef = AddSaver(network),
        };
    }

    private static IEnumerable<string> Slots(string variable) => [$"{variable}/Adam", $"{variable}/Adam_1"];

    // From the last layer to the first: of each step, of the weights and of the biases.
    private static Dictionary<string, string> Gradients(AlexNetGraph network, string gradient)
    {
        var graph = network.Graph;
        var found = new Dictionary<string, string>();
        foreach (var (layer, steps) in network.Steps.AsEnumerable().Reverse())
        {
            for (var i = steps.Count - 1; i > 1; i--)
            {
                var node = Node(steps[i]);
                graph.Scope = $"gradients/{node.Name}_grad/";
                gradient = node.Op switch
                {
                    "Relu" => graph.Apply("ReluGrad", gradient, node.Name),
                    "LRN" => graph.Add("LRNGrad", [gradient, steps[i - 1], node.Name], Copied(node)),
                    "MaxPool" => graph.Add("MaxPoolGrad", [steps[i - 1], node.Name, gradient], Copied(node)),
                    _ => gradient,
                };
            }

            found[$"{layer.Name}/biases"] = graph.Add("BiasAddGrad", [gradient], Float, ("data_format", AttributeValue.Of("NHWC")));
            var product = Node(steps[1]);
            graph.Scope = $"gradients/{product.Name}_grad/";
            var (weights, before) = (network.Read(layer, "weights"), steps[0]);
            if (layer.IsConvolution)
            {
                var shapes = graph.Add("ShapeN", [before, weights], Float, ("N", AttributeValue.Of(2)), ("out_type", AttributeValue.Of(DataType.DtInt32)));
                found[$"{layer.Name}/weights"] = graph.Add("Conv2DBackpropFilter", [before, shapes + ":1", gradient], Copied(product));
                gradient = graph.Add("Conv2DBackpropInput", [shapes, weights, gradient], Copied(product));
            }
            else
            {
                var ofInput = graph.MatMul(gradient, weights, transposeB: true);
                found[$"{layer.Name}/weights"] = graph.MatMul(before, gradient, transposeA: true);
                gradient = ofInput;
            }

            if (Node(before) is { Op: "Reshape" } reshape)
            {
                graph.Scope = $"gradients/{reshape.Name}_grad/";
                gradient = graph.Reshape(gradient, graph.Shape(reshape.Input[0]));
            }
        }

        graph.Scope = "";
        return found;

        NodeDef Node(string name) => graph.Definition.Node.Single(node => node.Name == name);
    }

    private static (string Name, AttrValue Value)[] Copied(NodeDef node) => [.. node.Attr.Select(attribute => (attribute.Key, attribute.Value))];

    private static void Optimise(TestGraph graph, Dictionary<string, string> gradients)
    {
        graph.Scope = "Adam/";
        string[] settings = [.. Settings.Select(graph.Scalar)];
        foreach (var (variable, gradient) in gradients)
        {
            graph.AddNamed(
                $"Adam/update_{variable}/ApplyAdam", "ApplyAdam",
                [variable, .. Slots(variable), .. Powers.Select(power => $"{power}/read"), .. settings, gradient],
                Float, ("use_locking", AttributeValue.Of(false)), ("use_nesterov", AttributeValue.Of(false)));
        }

        graph.AddNamed("Adam", "NoOp", [.. gradients.Keys.Select(variable => $"^Adam/update_{variable}/ApplyAdam")]);
        graph.Scope = "";
    }

    private static SaverDef AddSaver(AlexNetGraph network)
    {
        var graph = network.Graph;
        graph.Scope = "save/";
        string[] names = [.. AlexNet.Variables.Select(variable => variable.Name).Concat(State.Select(state => state.Name)).Order(StringComparer.Ordinal)];
        var (file, tensors, slices) = (Texts(graph, [], "model"), Texts(graph, [names.Length], names), Texts(graph, [names.Length], [.. names.Select(_ => "")]));
        var types = ("dtypes", AttributeValue.Types([.. names.Select(_ => DataType.DtFloat)]));
        var save = graph.Add("SaveV2", [file, tensors, slices, .. names], types);
        var saved = graph.AddNamed("save/control_dependency", "Identity", [file, $"^{save}"], ("T", AttributeValue.Of(DataType.DtString)));
        var restore = graph.Add("RestoreV2", [file, tensors, slices], types);
        for (var i = 0; i < names.Length; i++)
            network.Assign(i == 0 ? "save/Assign" : $"save/Assign_{i}", names[i], i == 0 ? restore : $"{restore}:{i}");
        var all = graph.AddNamed("save/restore_all", "NoOp", [.. names.Select((_, i) => i == 0 ? "^save/Assign" : $"^save/Assign_{i}")]);
        return new SaverDef { FilenameTensorName = file + ":0", SaveTensorName = saved + ":0", RestoreOpName = all, Version = 2 };
    }

    private static string Texts(TestGraph graph, int[] dims, params string[] texts) => graph.Constant(new TensorProto
    {
        Dtype = DataType.DtString,
        TensorShape = AttributeValue.ShapeOf(dims),
        StringVal = { texts.Select(ByteString.CopyFromUtf8) },
    });
}
