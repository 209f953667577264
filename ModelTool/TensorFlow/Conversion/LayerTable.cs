using ClassifierFunctions.ModelTool.TensorFlow.Conversion.Graph;

namespace ClassifierFunctions.ModelTool.TensorFlow.Conversion;

/// <summary>Layers in the order in which an image meets them, and the weights that each has.</summary>
internal sealed class LayerTable
{
    // What the nodes of a layer are called when the layer gave its name to their scope.
    private static readonly HashSet<string> OwnNames = ["Conv2D", "convolution", "depthwise", "MatMul", "xw_plus_b", "Tensordot"];

    private readonly List<LayerRow> _rows = [];
    private readonly HashSet<Weights> _counted = [];

    public IReadOnlyList<LayerRow> Rows => _rows;

    /// <summary>The layer that the operands come from; of several, the one begun last.</summary>
    public static LayerRow? Latest(IEnumerable<Operand> operands)
        => operands.OfType<Operand.Computed>().Select(operand => operand.Layer).OfType<LayerRow>().MaxBy(row => row.Index);

    public LayerRow Begin(NodeDef node, string operation, IReadOnlyList<Dim> output)
    {
        var row = new LayerRow { Index = _rows.Count, Name = Scope(node.Name), Operation = operation, Output = [.. output.Skip(1)] };
        _rows.Add(row);
        return row;
    }

    /// <summary>Counts the weights among <paramref name="values"/> to a layer, each once.</summary>
    public void Credit(LayerRow? layer, IEnumerable<GraphValue?> values)
    {
        foreach (var weights in values.SelectMany(value => value?.Weights ?? []).Where(_counted.Add))
        {
            layer ??= _rows.FirstOrDefault(row => row.Index < 0) ?? BeforeAll();
            layer.Add(weights);
        }
    }

    private LayerRow BeforeAll()
    {
        var row = new LayerRow { Index = -1, Name = "input", Operation = "normalisation", Output = [] };
        _rows.Insert(0, row);
        return row;
    }

    private static string Scope(string node)
    {
        var parts = node.Split('/');
        var end = parts.Length;
        while (end > 1 && OwnNames.Contains(parts[end - 1].TrimEnd("0123456789".ToCharArray()).TrimEnd('_')))
            end--;
        return string.Join('/', parts[..end]);
    }
}
