using ClassifierFunctions.Inference;
using ClassifierFunctions.Models.Onnx;
using ClassifierFunctions.ModelTool.TensorFlow.Conversion.Graph;
using Microsoft.ML.OnnxRuntime;

namespace ClassifierFunctions.ModelTool.TensorFlow.Conversion;

/// <summary>Computes what no image changes, once and for all. ONNX Runtime does it, so that it comes out as it would in each run.</summary>
internal static class ConstantFolding
{
    /// <summary>Replaces all constants that nodes make by their numbers.</summary>
    public static void Run(ComputeGraph graph)
    {
        // Those that something takes that is no constant itself; what is behind them goes with them.
        GraphValue[] made =
        [
            .. graph.Nodes.Where(node => !node.Output.IsConstant).SelectMany(node => node.Inputs).OfType<GraphValue>()
                .Concat(graph.Outputs.Select(output => output.Value))
                .Where(value => value is { IsConstant: true, Constant: null })
                .Distinct(),
        ];
        if (made.Length == 0)
            return;
        var numbers = Compute(made);
        graph.Replace(made.Zip(numbers).ToDictionary(
            pair => pair.First, pair => ComputeGraph.Constant(pair.First.Name, pair.Second, pair.First.Weights)));
        graph.Prune();
    }

    /// <summary>The numbers of one constant.</summary>
    public static Tensor Evaluate(GraphValue value) => value.Constant ?? Compute([value])[0];

    private static Tensor[] Compute(IReadOnlyList<GraphValue> wanted)
    {
        var builder = new OnnxGraphBuilder("constants", "ModelTool");
        (string Name, GraphValue Value)[] outputs = [.. wanted.Select((value, index) => ($"result {index}", value))];
        new OnnxEmitter(builder).Emit(null, NodesFor(wanted), outputs);
        using var model = new MemoryStream();
        builder.Write(model);
        using var options = OnnxEnvironment.CreateSessionOptions();
        try
        {
            using var session = new InferenceSession(model.ToArray(), options);
            using var runOptions = new RunOptions();
            using var results = session.Run(runOptions, new Dictionary<string, OrtValue>(), [.. outputs.Select(output => output.Name)]);
            return [.. wanted.Zip(results, Read)];
        }
        catch (OnnxRuntimeException refused)
        {
            throw new UnsupportedException($"cannot be computed ahead: {refused.Message.ReplaceLineEndings(" ").Trim()}");
        }
    }

    private static Tensor Read(GraphValue value, OrtValue result)
        => new(value.Type, result.GetTensorTypeAndShape().Shape, result.GetTensorDataAsSpan<byte>().ToArray());

    // In the order in which they were made: inputs first.
    private static List<GraphNode> NodesFor(IEnumerable<GraphValue> wanted)
    {
        var order = new List<GraphNode>();
        var seen = new HashSet<GraphNode>();
        var open = new Stack<(GraphNode Node, bool InputsDone)>(wanted.Select(value => value.Producer).OfType<GraphNode>().Select(node => (node, false)));
        while (open.TryPop(out var next))
        {
            if (next.InputsDone)
            {
                order.Add(next.Node);
            }
            else if (seen.Add(next.Node))
            {
                open.Push((next.Node, true));
                foreach (var input in next.Node.Inputs)
                {
                    if (input is { Constant: null, Producer: { } producer })
                        open.Push((producer, false));
                }
            }
        }

        return order;
    }
}
