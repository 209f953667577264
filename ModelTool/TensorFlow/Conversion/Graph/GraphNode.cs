using ClassifierFunctions.Models.Onnx;

namespace ClassifierFunctions.ModelTool.TensorFlow.Conversion.Graph;

/// <summary>An ONNX operator in the graph in the making; passes change it in place.</summary>
internal sealed class GraphNode
{
    public required string Operator { get; set; }

    /// <summary>Its inputs in the operator's order; null for an optional one that is left out.</summary>
    public required List<GraphValue?> Inputs { get; init; }

    public required Dictionary<string, OnnxAttribute> Attributes { get; init; }

    public IReadOnlyList<GraphValue> Outputs { get; set; } = [];

    public GraphValue Output => Outputs[0];

    /// <summary>Replaces values among its inputs.</summary>
    public void Replace(IReadOnlyDictionary<GraphValue, GraphValue> replacements)
    {
        for (var index = 0; index < Inputs.Count; index++)
        {
            if (Inputs[index] is { } input && replacements.TryGetValue(input, out var replacement))
                Inputs[index] = replacement;
        }
    }
}
