using ClassifierFunctions.Models.Onnx.Outline;
using Spectre.Console;

namespace ClassifierFunctions.ModelTool.Inspect;

/// <summary>Shows an ONNX file: what goes in and comes out, its layers, and where it comes from.</summary>
internal static class OnnxFileView
{
    // Labels of a thousand classes are in some files' metadata.
    private const int MaxMetadataLength = 200;

    public static void Print(IAnsiConsole console, OnnxFile file)
    {
        var graph = file.Graph;
        var weights = graph.Initializer.Select(tensor => tensor.Name).ToHashSet();
        console.Write(Values("input", graph.Input.Where(input => !weights.Contains(input.Name))));
        console.Write(Values("output", graph.Output));
        console.Write(Layers(OnnxLayers.In(graph)));
        console.Write(About(file));
    }

    private static Table Values(string kind, IEnumerable<ValueInfoProto> values)
    {
        var table = new Table().AddColumns(kind, "type", "shape");
        foreach (var value in values)
            table.AddRow(Markup.Escape(value.Name), OnnxText.Type(value.Type), Markup.Escape(OnnxText.Shape(value.Type?.TensorType?.Shape)));
        return table;
    }

    private static Table Layers(IReadOnlyList<OnnxLayer> layers)
    {
        var table = new Table().AddColumns("layer", "operator", "output").AddColumn("parameters", column => column.RightAligned());
        foreach (var layer in layers)
            table.AddRow(Markup.Escape(layer.Name), Markup.Escape(layer.Operator), Markup.Escape(layer.Output), $"{layer.Parameters:N0}");
        table.Columns[0].Footer("total");
        table.Columns[^1].Footer($"{layers.Sum(layer => layer.Parameters):N0}");
        return table.ShowFooters();
    }

    private static Table About(OnnxFile file)
    {
        var model = file.Model;
        var table = new Table().HideHeaders().AddColumns("", "");
        Row("bytes", $"{file.Bytes:N0}");
        if (file.Missing.Count > 0)
            Row("missing", string.Join(", ", file.Missing));
        Row("parameters", $"{OnnxLayers.Parameters(model.Graph):N0}, with shapes and other constants");
        var operators = model.Graph.Node.CountBy(node => node.OpType).OrderByDescending(count => count.Value).ThenBy(count => count.Key, StringComparer.Ordinal);
        Row("nodes", $"{model.Graph.Node.Count:N0}: {string.Join(", ", operators.Select(count => $"{count.Key} {count.Value}"))}");
        Row("operator set", string.Join(", ", model.OpsetImport.Select(set => set.Domain.Length == 0 ? $"{set.Version}" : $"{set.Domain} {set.Version}")));
        Row("ONNX version", $"{model.IrVersion}");
        Row("made by", $"{model.ProducerName} {model.ProducerVersion}".Trim());
        foreach (var entry in model.MetadataProps)
            Row(entry.Key, entry.Value.Length <= MaxMetadataLength ? entry.Value : string.Concat(entry.Value.AsSpan(0, MaxMetadataLength), "…"));
        return table;

        void Row(string name, string value) => table.AddRow(Markup.Escape(name), Markup.Escape(value));
    }
}
