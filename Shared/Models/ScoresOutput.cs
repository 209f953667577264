using System.Globalization;
using System.Text;
using ClassifierFunctions.Models.Onnx.Outline;

namespace ClassifierFunctions.Models;

/// <summary>An output of a graph that may hold the scores: a tensor of floats, or a list with a map from class to score per image.</summary>
/// <param name="Name">Name of the output.</param>
/// <param name="Count">Scores per image; null when the graph leaves it open.</param>
/// <param name="Keys">Keys of the maps in the order of the classes, numbers as invariant text; null for a tensor.</param>
internal sealed record ScoresOutput(string Name, int? Count, IReadOnlyList<string>? Keys = null)
{
    // TensorProto.DataType of onnx.proto.
    private const int Float = 1;
    private const int Int64 = 7;
    private const int String = 8;
    private const int Float16 = 10;

    // Parts of what people call scores, the likeliest first. Embeddings and features are not among them.
    private static readonly string[] Names = ["prob", "softmax", "score", "logit", "pred", "class"];

    /// <summary>The outputs that may hold the scores, in the graph's order.</summary>
    public static IReadOnlyList<ScoresOutput> In(GraphProto graph) => [.. graph.Output.Select(output => From(output, graph)).OfType<ScoresOutput>()];

    /// <summary>The one with a score per class: of the right size, or else of a size that only a run tells; of several, the best named, then the first.</summary>
    /// <exception cref="ModelFormatException">There is none.</exception>
    public static ScoresOutput Choose(IReadOnlyList<ScoresOutput> candidates, int classes)
        => candidates.Where(output => output.Count is null || output.Count == classes).OrderBy(output => output.Count is null).ThenBy(Rank).FirstOrDefault()
            ?? throw new ModelFormatException(candidates.Count == 0
                ? "No output of the graph is a tensor of float32 or float16 scores, nor a list of maps that a ZipMap makes."
                : $"There are {classes} labels, but {string.Join(" and ", candidates.Select(output => $"output {output.Name} has {output.Count} scores"))}.");

    /// <summary>The index of the label for each key; null for a tensor.</summary>
    /// <exception cref="ModelFormatException">Two classes have the same key.</exception>
    public IReadOnlyDictionary<string, int>? MapKeys(IReadOnlyList<string> labels)
    {
        if (Keys is null)
            return null;
        // Labels that are the keys in another order name the keys; other labels are display names, in the order of the classes.
        var byName = labels.Count == Keys.Count && labels.ToHashSet(StringComparer.Ordinal).SetEquals(Keys);
        var keys = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (key, index) in (byName ? labels : Keys).Select((key, index) => (key, index)))
        {
            if (!keys.TryAdd(key, index))
                throw new ModelFormatException($"Output {Name} has class \"{key}\" twice, so one hides the other; give the classes of the model names of their own.");
        }

        return keys;
    }

    private static int Rank(ScoresOutput output)
        => Array.FindIndex(Names, name => output.Name.Contains(name, StringComparison.OrdinalIgnoreCase)) is >= 0 and var rank ? rank : Names.Length;

    private static ScoresOutput? From(ValueInfoProto output, GraphProto graph)
        => output.Type?.TensorType is { ElemType: Float or Float16 } tensor ? new ScoresOutput(output.Name, PerImage(tensor.Shape))
        : output.Type?.SequenceType?.ElemType?.MapType is { KeyType: String or Int64, ValueType.TensorType.ElemType: Float } && Classes(output.Name, graph) is { } keys
            ? new ScoresOutput(output.Name, keys.Length, keys)
        : null;

    // The first dimension is the batch and does not count, unless it is the only one: then a batch of 1 was squeezed away.
    private static int? PerImage(TensorShapeProto? shape)
    {
        if (shape is null)
            return null;
        var dims = shape.Dim.Skip(shape.Dim.Count > 1 ? 1 : 0).Select(dim => dim.DimValue).ToArray();
        var product = dims.Aggregate((Int128)1, (product, dim) => product * dim);
        return dims.Any(dim => dim <= 0) ? null : (int)Int128.Min(product, int.MaxValue);
    }

    // ZipMap of ai.onnx.ml (onnx/onnx, docs/Operators-ml.md) has one of the two lists.
    private static string[]? Classes(string output, GraphProto graph)
    {
        var node = graph.Node.FirstOrDefault(node => node.OpType == "ZipMap" && node.Output.Contains(output));
        var strings = node?.Attribute.FirstOrDefault(attribute => attribute.Name == "classlabels_strings")?.Strings;
        var numbers = node?.Attribute.FirstOrDefault(attribute => attribute.Name == "classlabels_int64s")?.Ints;
        return strings is { Count: > 0 } ? [.. strings.Select(name => name.ToString(Encoding.UTF8))]
            : numbers is { Count: > 0 } ? [.. numbers.Select(number => number.ToString(CultureInfo.InvariantCulture))]
            : null;
    }
}
