using ClassifierFunctions.ModelTool.TensorFlow.Sources;

namespace ClassifierFunctions.ModelTool.TensorFlow.Conversion;

/// <summary>How TensorFlow names tensors: node, node:number for an output that is not the first, ^node for mere order.</summary>
internal static class TensorName
{
    public static (string Node, int Port) Parse(string tensor)
        => NodeInput.Parse(tensor) is { IsControl: false } input ? (input.Node, input.Port) : (tensor, 0);

    /// <summary>What the node computes with.</summary>
    public static IEnumerable<string> DataInputs(NodeDef node) => node.Input.Where(input => !input.StartsWith('^'));

    /// <summary>The nodes that must run before, without giving it anything.</summary>
    public static IEnumerable<string> ControlInputs(NodeDef node) => node.Input.Where(input => input.StartsWith('^')).Select(input => input[1..]);
}
