using ClassifierFunctions.ModelTool.TensorFlow.Sources;

namespace ClassifierFunctions.ModelTool.TensorFlow.Conversion;

/// <summary>
/// Finds dropout, which at inference is the identity whatever its probability was in training. TensorFlow has no node for it; tf.nn.dropout
/// (tensorflow/tensorflow, python/ops/nn_ops.py) scales, and multiplies by a mask of random zeroes and ones:
/// <list type="bullet">
/// <item>before 1.13: <c>x / keep_prob * floor(keep_prob + random)</c>;</item>
/// <item>from 1.13: <c>x * (1 / (1 - rate)) * cast(random >= rate)</c>;</item>
/// <item>late 2.x: <c>select(random >= rate, x * scale, 0)</c>.</item>
/// </list>
/// </summary>
internal sealed class Dropout(TensorFlowModel source)
{
    private const int MaxSteps = 24;

    private readonly Probabilities _probabilities = new(source);
    private readonly List<string> _found = [];

    public IReadOnlyCollection<string> Found => _found;

    /// <summary>What <paramref name="node"/> lets through at inference, if it is the last step of a dropout; else null.</summary>
    public string? Kept(NodeDef node)
    {
        string[] inputs = [.. TensorName.DataInputs(node)];
        var (mask, scaled) = (node.Op, inputs) switch
        {
            ("Mul", [var left, var right]) when IsMask(right, 0) && !_probabilities.IsScalar(left) => (right, left),
            ("Mul", [var left, var right]) when IsMask(left, 0) && !_probabilities.IsScalar(right) => (left, right),
            ("Select" or "SelectV2", [var condition, var kept, var dropped]) when IsMask(condition, 0) && IsZero(kept) != IsZero(dropped)
                => (condition, IsZero(kept) ? dropped : kept),
            _ => (null, null),
        };
        if (mask is null || scaled is null || IsMask(scaled, 0))
            return null;
        _found.Add(node.Name);
        // A mask that is scaled itself leaves nothing to undo.
        return Node(mask) is { Op: "Mul" or "RealDiv" or "Div" } ? scaled : Unscaled(scaled, mask);
    }

    // Without the scale that goes with the mask; another factor stays.
    private string Unscaled(string scaled, string mask)
    {
        var node = Node(scaled);
        return (node?.Op, node is null ? [] : TensorName.DataInputs(node).ToArray()) switch
        {
            ("Identity", [var from]) when Node(from) is { Op: "RealDiv" or "Div" or "Mul" } => Unscaled(from, mask) is var bare && bare != from ? bare : scaled,
            ("RealDiv" or "Div", [var from, var keep]) when IsScaleOf(mask, keep, divides: true) => from,
            ("Mul", [var from, var scale]) when IsScaleOf(mask, scale, divides: false) => from,
            ("Mul", [var scale, var from]) when IsScaleOf(mask, scale, divides: false) => from,
            _ => scaled,
        };
    }

    // One by the share that the mask keeps. Where numbers are not known, both must come from the same placeholder.
    private bool IsScaleOf(string mask, string scale, bool divides)
    {
        const double Tolerance = 1e-3;
        if (!_probabilities.IsScalar(scale) || ProbabilityIn(mask, 0) is not { } probability)
            return false;
        if (_probabilities.Number(scale) is not { } factor || _probabilities.Number(probability) is not { } share)
            return _probabilities.Placeholders(scale).Overlaps(_probabilities.Placeholders(probability));
        var product = divides ? 1 / factor : factor;
        return Math.Abs((product * share) - 1) < Tolerance || Math.Abs((product * (1 - share)) - 1) < Tolerance;
    }

    // Random, and no image in it.
    private bool IsMask(string tensor, int steps)
    {
        if (steps > MaxSteps || Node(tensor) is not { } node)
            return false;
        string[] inputs = [.. TensorName.DataInputs(node)];
        return node.Op switch
        {
            "RandomUniform" or "StatelessRandomUniform" or "StatelessRandomUniformV2" => true,
            "Floor" or "Cast" or "Identity" => inputs is [var from] && IsMask(from, steps + 1),
            "Add" or "AddV2" or "Sub" or "Mul" or "RealDiv" or "Div" or "GreaterEqual" or "Greater" or "Less" or "LessEqual" => inputs is [var left, var right]
                && (IsMask(left, steps + 1) && (_probabilities.IsScalar(right) || IsMask(right, steps + 1)) || IsMask(right, steps + 1) && _probabilities.IsScalar(left)),
            _ => false,
        };
    }

    // What the random numbers are compared with, or added to before they are rounded down.
    private string? ProbabilityIn(string mask, int steps)
        => steps > MaxSteps || Node(mask) is not { } node ? null
            : (node.Op, TensorName.DataInputs(node).ToArray()) switch
            {
                ("Floor" or "Cast" or "Identity", [var from]) => ProbabilityIn(from, steps + 1),
                ("Add" or "AddV2" or "GreaterEqual" or "Greater" or "Less" or "LessEqual", [var left, var right])
                    => _probabilities.IsScalar(left) ? left : _probabilities.IsScalar(right) ? right : null,
                _ => null,
            };

    private bool IsZero(string tensor)
        => Node(tensor) is { } node && (node.Op == "ZerosLike" || _probabilities.Number(tensor) == 0
            || (node.Op is "Fill" && TensorName.DataInputs(node).Skip(1).FirstOrDefault() is { } value && _probabilities.Number(value) == 0));

    private NodeDef? Node(string tensor) => source.Nodes.GetValueOrDefault(TensorName.Parse(tensor).Node);
}
