using ClassifierFunctions.ModelTool.Import;
using ClassifierFunctions.ModelTool.TensorFlow;
using ClassifierFunctions.ModelTool.TensorFlow.Conversion;
using ClassifierFunctions.ModelTool.TensorFlow.Sources;
using Spectre.Console;

namespace ClassifierFunctions.ModelTool.Inspect;

/// <summary>Shows a TensorFlow model: its placeholders, its outputs and layers as import would find them, and what it is stored in.</summary>
internal static class TensorFlowView
{
    /// <exception cref="ImportException">There is no TensorFlow model, or it is damaged.</exception>
    public static void Print(IAnsiConsole console, string path)
    {
        using var source = TensorFlowModel.Open(path);
        console.Write(Inputs(source));
        try
        {
            var model = Converter.Convert(source, new());
            console.Write(Outputs(model));
            console.Write(Layers(ImportLayer.Of(model.Layers)));
            console.Write(About(source, model));
        }
        catch (ImportException unclear)
        {
            console.Write(Variables(source));
            console.Write(About(source, null));
            console.WriteLine($"To import it, more must be said. {unclear.Message}");
        }
    }

    private static Table Inputs(TensorFlowModel source)
    {
        var table = new Table().AddColumns("placeholder", "type", "shape");
        foreach (var node in PlaceholderValues.All(source))
        {
            var type = node.Attr.TryGetValue("dtype", out var attribute) ? Describe.Type(attribute.Type) : "";
            var shape = source.OutputShape(node, 0) is { } dims ? $"[{string.Join(", ", dims.Select(dim => dim?.ToString() ?? "?"))}]" : "any";
            table.AddRow(Markup.Escape(node.Name), type, Markup.Escape(shape));
        }

        return table;
    }

    private static Table Outputs(ConvertedModel model)
    {
        var table = new Table().AddColumns("output", "type", "shape");
        foreach (var (name, type, dims) in model.Outputs)
            table.AddRow(Markup.Escape(name), Describe.Type(type), Markup.Escape(Describe.Shape(dims)));
        return table;
    }

    private static Table Layers(IReadOnlyList<ImportLayer> layers)
    {
        var table = new Table().AddColumns("layer", "operation", "output").AddColumn("parameters", column => column.RightAligned());
        foreach (var layer in layers)
            table.AddRow(Markup.Escape(layer.Name), Markup.Escape(layer.Operation), Markup.Escape(layer.OutputShape), $"{layer.Parameters:N0}");
        table.Columns[0].Footer("total");
        table.Columns[^1].Footer($"{layers.Sum(layer => layer.Parameters):N0}");
        return table.ShowFooters();
    }

    private static Table Variables(TensorFlowModel source)
    {
        var table = new Table().AddColumns("variable", "type", "shape").AddColumn("parameters", column => column.RightAligned());
        foreach (var (name, entry) in source.Stored.Where(pair => pair.Value.Type != DataType.DtString).OrderBy(pair => pair.Key, StringComparer.Ordinal))
            table.AddRow(Markup.Escape(name), Describe.Type(entry.Type), Markup.Escape(Describe.Shape(entry.Dims)), $"{entry.Dims.Aggregate(1L, (product, size) => product * size):N0}");
        return table;
    }

    private static Table About(TensorFlowModel source, ConvertedModel? model)
    {
        var table = new Table().HideHeaders().AddColumns("", "");
        Row("kind", TensorFlowImport.Kind(source.Kind));
        if (source.TensorFlowVersion is { } version)
            Row("TensorFlow", version);
        foreach (var file in source.Files)
            Row("file", $"{Path.GetFileName(file)}, {new FileInfo(file).Length:N0} bytes");
        Row("bytes", $"{source.Bytes:N0}");
        if (source.Stored.Count > 0)
            Row("stored", $"{source.Stored.Count:N0} tensors, with those of the optimiser");
        if (model is not null)
            Row("parameters", $"{model.Layers.SelectMany(layer => layer.Weights).Sum(weights => weights.Count):N0} that the output needs");
        Row("nodes", $"{source.NodeCount:N0}" + (model is null ? "" : $", of which the output needs {model.UsedNodes.Count:N0}: {Operations(source, model)}"));
        return table;

        void Row(string name, string value) => table.AddRow(Markup.Escape(name), Markup.Escape(value));
    }

    private static string Operations(TensorFlowModel source, ConvertedModel model)
        => string.Join(", ", model.UsedNodes.Select(name => source.Nodes[name].Op).CountBy(operation => operation)
            .OrderByDescending(count => count.Value).ThenBy(count => count.Key, StringComparer.Ordinal).Select(count => $"{count.Key} {count.Value}"));
}
