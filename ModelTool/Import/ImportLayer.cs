using ClassifierFunctions.ModelTool.TensorFlow.Conversion;

namespace ClassifierFunctions.ModelTool.Import;

/// <summary>An operation with weights.</summary>
/// <param name="Name">As TensorFlow calls it.</param>
/// <param name="Operation">For people: "conv 11 x 11 / 4".</param>
/// <param name="OutputShape">For people, without the batch: "55 x 55 x 96"; empty when not known.</param>
/// <param name="Parameters">Number of its weights.</param>
internal sealed record ImportLayer(string Name, string Operation, string OutputShape, long Parameters)
{
    /// <summary>The rows for people: the parts of a layer in groups, which share a name, are one layer.</summary>
    public static IReadOnlyList<ImportLayer> Of(IReadOnlyList<LayerRow> rows)
        =>
        [
            .. rows.GroupBy(row => row.Name).Select(group => new ImportLayer(
                group.Key,
                group.First().Operation + (group.Count() == 1 ? "" : $", {group.Count()} times"),
                string.Join(" x ", group.First().Output),
                group.SelectMany(row => row.Weights).Sum(weights => weights.Count))),
        ];
}
