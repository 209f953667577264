using System.Globalization;
using ClassifierFunctions.ModelTool.TensorFlow;

namespace ClassifierFunctions.Tests.Support.TensorFlow.Reference;

/// <summary>Computes outputs of a graph node by node, with the reference implementations.</summary>
/// <param name="graph">A flat graph: no functions, no loops.</param>
/// <param name="feeds">Values of outputs ("name" or "name:port"), which are then not computed; not only of placeholders.</param>
internal sealed class ReferenceGraph(GraphDef graph, IReadOnlyDictionary<string, ReferenceTensor> feeds)
{
    private readonly Dictionary<string, NodeDef> _nodes = graph.Node.ToDictionary(node => node.Name);
    private readonly Dictionary<string, ReferenceTensor?[]> _outputs = [];

    /// <param name="output">"name" or "name:port".</param>
    public ReferenceTensor Run(string output) => Output(output) ?? throw new InvalidOperationException($"{output} is on the branch not taken.");

    /// <summary>Null: on the branch not taken.</summary>
    private ReferenceTensor? Output(string output)
    {
        if (feeds.TryGetValue(output, out var fed))
            return fed;
        var (name, port) = output.Split(':') is [var before, var after] ? (before, int.Parse(after, CultureInfo.InvariantCulture)) : (output, 0);
        if (!_outputs.TryGetValue(name, out var outputs))
            _outputs.Add(name, outputs = Compute(_nodes[name]));
        return outputs[port];
    }

    private ReferenceTensor?[] Compute(NodeDef node)
    {
        ReferenceTensor?[] inputs = [.. node.Input.Where(input => input[0] != '^').Select(Output)];
        return node.Op switch
        {
            "Switch" => inputs is [var data, { } taken] ? taken.Values[0] == 0 ? [data, null] : [null, data] : [null, null],
            "Merge" => Array.FindIndex(inputs, input => input is not null) is >= 0 and var alive
                ? [inputs[alive], new([], [alive], DataType.DtInt32)]
                : [null, null],
            _ when inputs.Any(input => input is null) => new ReferenceTensor?[ReferenceKernels.MaxOutputs],
            _ => ReferenceKernels.All.TryGetValue(node.Op, out var kernel)
                ? kernel(node, inputs!)
                : throw new NotSupportedException($"No reference implementation of {node.Op} ({node.Name})."),
        };
    }
}
