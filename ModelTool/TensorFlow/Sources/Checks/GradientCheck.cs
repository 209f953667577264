namespace ClassifierFunctions.ModelTool.TensorFlow.Sources.Checks;

/// <summary>
/// Whether nodes are as the gradients say that TensorFlow made of them for training: those repeat attributes and inputs. A gradient is known by
/// its name, <c>gradients/NODE_grad/...</c> (tensorflow/python/ops/gradients_util.py), and what it takes from tensorflow/python/ops/*_grad.py.
/// </summary>
internal sealed class GradientCheck
{
    public const string Suffix = "_grad/";

    private static readonly string[] Repeated =
    [
        "strides", "padding", "ksize", "data_format", "dilations", "explicit_paddings", "depth_radius", "bias", "alpha", "beta", "epsilon",
        "is_training", "align_corners", "half_pixel_centers",
    ];

    // Which inputs of a gradient are inputs (0, 1) of the node, or its output (-1).
    private static readonly Dictionary<string, (int Input, int Of)[]> Takes = new()
    {
        ["Conv2DBackpropInput"] = [(1, 1)],
        ["Conv2DBackpropFilter"] = [(0, 0)],
        ["DepthwiseConv2dNativeBackpropInput"] = [(1, 1)],
        ["DepthwiseConv2dNativeBackpropFilter"] = [(0, 0)],
        ["MaxPoolGrad"] = [(0, 0), (1, -1)],
        ["LRNGrad"] = [(1, 0), (2, -1)],
        ["ReluGrad"] = [(1, -1)],
        ["EluGrad"] = [(1, -1)],
        ["SeluGrad"] = [(1, -1)],
        ["LeakyReluGrad"] = [(1, 0)],
        ["SoftplusGrad"] = [(1, 0)],
        ["SoftsignGrad"] = [(1, 0)],
        ["SigmoidGrad"] = [(0, -1)],
        ["TanhGrad"] = [(0, -1)],
        ["FusedBatchNormGrad"] = [(1, 0), (2, 1)],
        ["FusedBatchNormGradV2"] = [(1, 0), (2, 1)],
        ["FusedBatchNormGradV3"] = [(1, 0), (2, 1)],
        ["BiasAddGrad"] = [],
        ["AvgPoolGrad"] = [],
        ["ResizeBilinearGrad"] = [(1, 0)],
    };

    private readonly ILookup<string, NodeDef> _gradients;

    public GradientCheck(IReadOnlyDictionary<string, NodeDef> nodes)
        => _gradients = nodes.Values.Where(node => Forward(node.Name, nodes) is not null).ToLookup(node => Forward(node.Name, nodes)!);

    /// <summary>The node whose gradient a name is of, with what stands in front of it; null when it is of none.</summary>
    public static string? Forward(string name, IReadOnlyDictionary<string, NodeDef> nodes)
    {
        var end = name.IndexOf(Suffix, StringComparison.Ordinal);
        if (end < 0)
            return null;
        for (var start = name.IndexOf('/') + 1; start > 0 && start < end; start = name.IndexOf('/', start) + 1)
        {
            if (nodes.ContainsKey(name[start..end]))
                return name[start..end];
        }

        return null;
    }

    /// <returns>What is wrong; null when nothing is, or the node has no gradients.</returns>
    public string? Fault(NodeDef node)
    {
        foreach (var gradients in _gradients[node.Name].GroupBy(gradient => gradient.Name[..gradient.Name.IndexOf(Suffix, StringComparison.Ordinal)]))
        {
            // Where a graph was put into another, these may be of another node of that name: then they have nothing to do with this one.
            if (!gradients.Any(gradient => gradient.Input.Any(input => IsOf(input, node) || node.Input.Contains(input))))
                continue;
            // Of a product, which is which is known by their order.
            if (node.Op == "MatMul" && gradients.Count(gradient => gradient.Op == "MatMul") != 2)
                continue;
            foreach (var gradient in gradients)
            {
                if (Fault(node, gradient) is { } fault)
                    return $"{fault}, unlike in the gradient {gradient.Name}";
            }
        }

        return null;
    }

    private static string? Fault(NodeDef node, NodeDef gradient)
    {
        if (node.Op == "MatMul")
            return gradient.Op == "MatMul" ? ProductFault(node, gradient) : null;
        if (gradient.Op == "ShapeN" && node.Op is "Conv2D" or "DepthwiseConv2dNative" or "ConcatV2")
            return InputFault(node, gradient, 0, 0) ?? InputFault(node, gradient, 1, 1);
        var part = gradient.Name[(gradient.Name.LastIndexOf('/') + 1)..];
        if (gradient.Op == "Shape" && part is "Shape" or "Shape_1")
        {
            var isBinary = node.Op is "Conv2D" or "DepthwiseConv2dNative" or "Add" or "AddV2" or "Sub" or "Mul" or "RealDiv";
            return isBinary || (part == "Shape" && node.Op is "Reshape" or "Mean" or "Pad" or "AvgPool")
                ? InputFault(node, gradient, 0, part == "Shape" ? 0 : 1)
                : null;
        }

        // By the other factor, in either order.
        if (node.Op == "Mul" && gradient.Op == "Mul")
            return gradient.Input.Intersect(node.Input).Any() ? null : "neither of its inputs is a factor";
        if (!Takes.TryGetValue(gradient.Op, out var takes))
            return null;
        // With its statistics fixed, that of a batch norm in the other layout takes the image turned round.
        var isTurned = node.Op.StartsWith("FusedBatchNorm", StringComparison.Ordinal) && node.Text("data_format") != gradient.Text("data_format");
        var different = Repeated.FirstOrDefault(name => !(isTurned && name == "data_format")
            && node.Attr.TryGetValue(name, out var own) && gradient.Attr.TryGetValue(name, out var its) && !own.Equals(its));
        return different is not null ? $"attribute {different} is {node.Attr[different]}"
            : takes.Where(take => !(isTurned && take.Input == 1))
                .Select(take => InputFault(node, gradient, take.Input, take.Of)).FirstOrDefault(fault => fault is not null);
    }

    // The gradient of a product is two products: where its factors are, and which are transposed, follows from which of the node's are.
    private static string? ProductFault(NodeDef node, NodeDef gradient)
    {
        var isSecond = gradient.Name.EndsWith("/MatMul_1", StringComparison.Ordinal);
        if (!isSecond && !gradient.Name.EndsWith("/MatMul", StringComparison.Ordinal))
            return null;
        var (isA, isB) = (node.Flag("transpose_a"), node.Flag("transpose_b"));
        var (other, a, b) = (isA, isB, isSecond) switch
        {
            (false, false, false) => (1, false, true),
            (false, false, true) => (0, true, false),
            (false, true, false) => (1, false, false),
            (false, true, true) => (1, true, false),
            (true, false, false) => (0, false, true),
            (true, false, true) => (0, false, false),
            (true, true, false) => (0, true, true),
            (true, true, true) => (1, true, true),
        };
        return gradient.Flag("transpose_a") != a || gradient.Flag("transpose_b") != b ? $"transpose_a is {isA} and transpose_b {isB}"
            : InputFault(node, gradient, other, isSecond ? 0 : 1);
    }

    private static string? InputFault(NodeDef node, NodeDef gradient, int input, int of)
    {
        if (input >= gradient.Input.Count || of >= node.Input.Count || gradient.Input[input].StartsWith('^'))
            return null;
        return of < 0 ? IsOf(gradient.Input[input], node) ? null : $"its output is not {gradient.Input[input]}"
            : gradient.Input[input] == node.Input[of] ? null
            : $"input {of} is {node.Input[of]}, not {gradient.Input[input]}";
    }

    private static bool IsOf(string input, NodeDef node) => NodeInput.Parse(input) is { IsControl: false } parsed && parsed.Node == node.Name;
}
