using ClassifierFunctions.ModelTool.TensorFlow.Conversion.Graph;

namespace ClassifierFunctions.ModelTool.TensorFlow.Conversion;

/// <summary>Takes a border of zeroes into the padding of the convolution after it, where some networks of TensorFlow put one to be independent of SAME.</summary>
internal static class PadFolding
{
    public static void Run(ComputeGraph graph)
    {
        var uses = graph.CountUses();
        foreach (var conv in graph.Nodes.Where(node => node.Operator == "Conv"))
        {
            if (conv.Inputs[0] is not { Producer: { Operator: "Pad" } pad } padded || uses[padded] != 1)
                continue;
            if (pad.Attributes["mode"].Proto.S.ToStringUtf8() != "constant" || pad.Inputs.ElementAtOrDefault(2) is { } filling && filling.Uniform != 0)
                continue;
            // Before all axes, then after all: [N, C, H, W].
            if (pad.Inputs[1]?.Constant?.Integers() is not [0, 0, var top, var left, 0, 0, var bottom, var right])
                continue;
            var own = conv.Attributes["pads"].Proto.Ints;
            conv.Attributes["pads"] = ("pads", new[] { own[0] + top, own[1] + left, own[2] + bottom, own[3] + right });
            conv.Inputs[0] = pad.Inputs[0];
        }

        graph.Prune();
    }
}
