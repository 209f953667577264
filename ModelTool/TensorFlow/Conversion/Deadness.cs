using ClassifierFunctions.ModelTool.TensorFlow.Sources;

namespace ClassifierFunctions.ModelTool.TensorFlow.Conversion;

/// <summary>Which nodes a constant predicate keeps from running: those that get something, if only order, from the side of a Switch that is not taken.</summary>
internal sealed class Deadness(TensorFlowModel source, GraphEvaluator evaluator)
{
    private readonly Dictionary<string, bool> _known = [];
    private int _depth;

    public bool IsDead(string tensor)
    {
        var (name, port) = TensorName.Parse(tensor);
        if (!source.Nodes.TryGetValue(name, out var node))
            return false;
        if (node.Op is "Switch" or "RefSwitch")
            return IsNodeDead(node) || ControlFlow.Predicate(node, evaluator) != (port == 1);
        return IsNodeDead(node);
    }

    private bool IsNodeDead(NodeDef node)
    {
        // The image comes from outside.
        if (node.Name == evaluator.Input.Node)
            return false;
        if (_known.TryGetValue(node.Name, out var dead))
            return dead;
        // Loops of TensorFlow's own go through NextIteration; what is asked again while it is being asked does not decide.
        _known[node.Name] = false;
        var from = TensorName.DataInputs(node);
        if (++_depth > GraphEvaluator.MaxDepth)
            throw new ImportException($"{source.Path}: more than {GraphEvaluator.MaxDepth} nodes depend on one another in a row: the file is damaged.");
        dead = node.Op is "Merge" or "RefMerge" ? from.All(IsDead) : from.Concat(TensorName.ControlInputs(node)).Any(IsDead);
        _depth--;
        return _known[node.Name] = dead;
    }
}
