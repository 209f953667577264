using ClassifierFunctions.ModelTool.TensorFlow.Sources;

namespace ClassifierFunctions.ModelTool.TensorFlow.Conversion;

/// <summary>Who takes what from whom in TensorFlow's graph, in both directions.</summary>
internal sealed class GraphShape
{
    private readonly TensorFlowModel _source;
    private readonly ILookup<string, NodeDef> _consumers;

    public GraphShape(TensorFlowModel source)
    {
        _source = source;
        _consumers = source.Nodes.Values
            .SelectMany(node => TensorName.DataInputs(node).Select(input => (From: TensorName.Parse(input).Node, To: node)).DistinctBy(edge => edge.From))
            .ToLookup(edge => edge.From, edge => edge.To);
    }

    public IEnumerable<NodeDef> Consumers(NodeDef node) => _consumers[node.Name];

    /// <summary>The consumers that belong to the forward pass: no gradients, summaries, savers.</summary>
    public IEnumerable<NodeDef> ForwardConsumers(NodeDef node) => Consumers(node).Where(IsForward);

    /// <summary>False for what only training needs.</summary>
    public static bool IsForward(NodeDef node)
        => !node.Name.Split('/').Any(part => part.StartsWith("gradients", StringComparison.Ordinal))
            && !node.Op.EndsWith("Grad", StringComparison.Ordinal)
            && !node.Op.Contains("Backprop", StringComparison.Ordinal)
            && !node.Op.EndsWith("Summary", StringComparison.Ordinal) && !node.Op.EndsWith("SummaryV2", StringComparison.Ordinal)
            && node.Op is not ("NoOp" or "Assert" or "Print" or "PrintV2");

    /// <summary>The node that makes a tensor, if there is one.</summary>
    public NodeDef? Node(string tensor) => _source.Nodes.GetValueOrDefault(TensorName.Parse(tensor).Node);

    /// <summary>The node and all that it depends on, up to where <paramref name="stop"/> says so (inclusive).</summary>
    public IReadOnlyList<NodeDef> Ancestors(IEnumerable<NodeDef> of, Func<NodeDef, bool> stop)
        => Walk(of, node => stop(node) ? [] : TensorName.DataInputs(node).Select(Node).OfType<NodeDef>());

    /// <summary>All that depends on the node in the forward pass; not the node itself.</summary>
    public IEnumerable<NodeDef> Descendants(NodeDef node) => Walk([node], ForwardConsumers).Where(other => other != node);

    private static List<NodeDef> Walk(IEnumerable<NodeDef> from, Func<NodeDef, IEnumerable<NodeDef>> next)
    {
        var seen = new HashSet<string>();
        var found = new List<NodeDef>();
        var open = new Stack<NodeDef>(from.Reverse());
        while (open.TryPop(out var node))
        {
            if (!seen.Add(node.Name))
                continue;
            found.Add(node);
            foreach (var other in next(node))
                open.Push(other);
        }

        return found;
    }
}
