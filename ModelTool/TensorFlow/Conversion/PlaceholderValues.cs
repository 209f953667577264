using System.Globalization;
using System.Text.RegularExpressions;
using ClassifierFunctions.ModelTool.TensorFlow.Sources;

namespace ClassifierFunctions.ModelTool.TensorFlow.Conversion;

/// <summary>The values of placeholders beside the image: those of inference, unless the user gives others.</summary>
internal sealed partial class PlaceholderValues
{
    // Beginnings of words in names.
    private static readonly string[] TrainingWords = ["train", "istrain", "phase", "learning", "dropout"];
    private static readonly string[] InferenceWords = ["infer", "isinfer", "test", "istest", "eval", "predict", "deploy"];
    private static readonly string[] KeepWords = ["keep"];
    private static readonly string[] DropWords = ["drop"];
    private static readonly string[] RateWords = ["rate"];
    private static readonly string[] BatchWords = ["batch"];
    private static readonly string[] NameOfNone = ["placeholder"];

    private readonly TensorFlowModel _source;
    private readonly Dim _images;
    private readonly Dictionary<string, string> _given = [];
    private readonly Dictionary<string, (string Value, string Why)> _taken = [];

    /// <param name="source">Where the placeholders are.</param>
    /// <param name="given">Values by name, as text.</param>
    /// <param name="image">What the image takes the place of.</param>
    /// <exception cref="ImportException">A name that no placeholder has, or that of the image.</exception>
    public PlaceholderValues(TensorFlowModel source, IReadOnlyDictionary<string, string> given, ImageInput image)
    {
        (_source, _images) = (source, image.Dims[0]);
        foreach (var (tensor, value) in given)
        {
            var (name, _) = TensorName.Parse(tensor);
            if (!source.Nodes.TryGetValue(name, out var node) || !IsPlaceholder(node))
                throw new ImportException($"{source.Path}: --set {tensor}={value}: there is no placeholder {name}. There are: {string.Join(", ", All(source).Select(node => node.Name))}.");
            if (name == image.Node)
                throw new ImportException($"{source.Path}: --set {tensor}={value}: {name} is where the image enters; name another with --input if it is not.");
            _given[name] = value;
        }
    }

    /// <summary>Those that were needed, with their values and where these come from.</summary>
    public IReadOnlyDictionary<string, (string Value, string Why)> Taken => _taken;

    public static IEnumerable<NodeDef> All(TensorFlowModel source) => source.Nodes.Values.Where(IsPlaceholder);

    public static bool IsPlaceholder(NodeDef node) => node.Op is "Placeholder" or "PlaceholderV2" or "PlaceholderWithDefault";

    /// <summary>What a node that the image does not come through stands for; null for nodes that compute their own value.</summary>
    /// <exception cref="ImportException">It needs a value that nobody gave, or one of another type.</exception>
    public Operand? TryGet(NodeDef node)
    {
        var isPlaceholder = IsPlaceholder(node);
        if (!_given.TryGetValue(node.Name, out var text))
            return isPlaceholder ? Inferred(node) : null;
        _taken[node.Name] = (text, "--set");
        return Parse(node, text);
    }

    private static bool Has(IEnumerable<string> words, string[] beginnings)
        => words.Any(word => beginnings.Any(beginning => word.StartsWith(beginning, StringComparison.Ordinal)));

    // keepProb_1 is keep, prob.
    private static string[] Words(string name) => [.. NameParts().Matches(name[(name.LastIndexOf('/') + 1)..]).Select(word => word.Value.ToLowerInvariant())];

    [GeneratedRegex("[A-Z]?[a-z]+|[A-Z]+(?![a-z])")]
    private static partial Regex NameParts();

    // Null lets a default value stand.
    private Operand? Inferred(NodeDef node)
    {
        var words = Words(node.Name);
        var type = DType(node);
        var hasDefault = node.Op == "PlaceholderWithDefault";
        var (trains, infers) = (Has(words, TrainingWords), Has(words, InferenceWords) || words.Contains("not"));
        var value = OnnxTypes.Widened(type) switch
        {
            DataType.DtBool when trains && infers => throw NoValue(node, "its name does not tell which value means inference"),
            DataType.DtBool when trains => "false",
            DataType.DtBool when infers => "true",
            // Without a name, or with one that tells nothing: what graphs are told by a bool is whether they are trained.
            DataType.DtBool when !hasDefault && (words.Length == 0 || Has(words, NameOfNone)) => "false",
            DataType.DtFloat when Has(words, KeepWords) => "1",
            DataType.DtFloat when !hasDefault && Has(words, DropWords) && Has(words, RateWords) => "0",
            DataType.DtFloat when !hasDefault && Has(words, DropWords) => throw NoValue(node, "it may be the probability to keep or to drop"),
            DataType.DtInt32 or DataType.DtInt64 when Has(words, BatchWords) => "N",
            _ when hasDefault => null,
            _ => throw NoValue(node, null),
        };
        if (value is null)
        {
            _taken[node.Name] = ("its default", "PlaceholderWithDefault");
            return null;
        }

        _taken[node.Name] = (value, "inference");
        return value == "N" ? new Operand.Integers(type, [], [_images]) : Parse(node, value);
    }

    private ImportException NoValue(NodeDef node, string? why)
        => new($"{_source.Path}: placeholder {node.Name} ({Describe.Type(DType(node))}) needs a value{(why is null ? "" : $", and {why}")}: give --set {node.Name}=<value>.");

    private static DataType DType(NodeDef node) => node.Attr.TryGetValue("dtype", out var type) ? type.Type : DataType.DtInvalid;

    private Operand Parse(NodeDef node, string text)
    {
        var type = DType(node);
        if (type == DataType.DtInvalid && node.Attr.TryGetValue("T", out var attribute))
            type = attribute.Type;
        var invariant = CultureInfo.InvariantCulture;
        byte[]? bytes = type switch
        {
            DataType.DtBool => text.ToLowerInvariant() switch { "true" or "1" => [1], "false" or "0" => [0], _ => null },
            DataType.DtFloat or DataType.DtDouble or DataType.DtHalf or DataType.DtBfloat16 => float.TryParse(text, NumberStyles.Float, invariant, out var number) ? BitConverter.GetBytes(number) : null,
            DataType.DtInt32 => int.TryParse(text, NumberStyles.AllowLeadingSign, invariant, out var number) ? BitConverter.GetBytes(number) : null,
            DataType.DtInt64 => long.TryParse(text, NumberStyles.AllowLeadingSign, invariant, out var number) ? BitConverter.GetBytes(number) : null,
            _ => throw new ImportException($"{_source.Path}: --set {node.Name}: its type, {Describe.Type(type)}, takes no value from a command line."),
        };
        if (bytes is null)
            throw new ImportException($"{_source.Path}: --set {node.Name}={text}: that is no {Describe.Type(type)}.");
        // A value stands for every number of a placeholder that has a shape.
        long[] dims = [.. (_source.OutputShape(node, 0) ?? []).Select(dim => dim ?? 1)];
        var count = dims.Aggregate(1L, (product, dim) => product * dim);
        if (count is < 0 or > 1 << 24)
            throw new ImportException($"{_source.Path}: --set {node.Name}: its shape, {Describe.Shape(dims)}, is too large for one value.");
        var element = OnnxTypes.Widened(type);
        var numbers = new byte[count * bytes.Length];
        for (var at = 0; at < numbers.Length; at += bytes.Length)
            bytes.CopyTo(numbers, at);
        return GraphEvaluator.Constant(node.Name, element, dims, () => new Tensor(element, dims, numbers), isWeights: false);
    }
}
