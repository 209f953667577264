using ClassifierFunctions.Models;
using Spectre.Console;

namespace ClassifierFunctions.ModelTool.Inspect;

/// <summary>What the app makes of a model folder.</summary>
internal static class ModelFolderView
{
    private const int NamedLabels = 5;

    public static void Print(IAnsiConsole console, ModelVersion model)
    {
        var (input, preprocessing) = (model.Input, model.Preprocessing);
        var size = preprocessing.OutputSize!.Value;
        var table = new Table().HideHeaders().AddColumns("", "");
        Row("model", model.Model);
        Row("version", model.Version);
        Row("format", $"{model.Format}");
        Row("labels", $"{model.Labels.Count}: {string.Join(", ", model.Labels.Take(NamedLabels))}{(model.Labels.Count > NamedLabels ? ", …" : "")}");
        Row("input", $"{input.Name}: {input.Element} {input.Layout.ToString().ToUpperInvariant()}, {input.Channels} channels, {size.Width} x {size.Height}, "
            + (input.DynamicBatch ? "any number of images" : "one image"));
        Row("output", $"{model.Output}{(model.MapKeys is null ? "" : " (a map from class to score)")}, then {model.Activation}");
        var filter = preprocessing.Resample + (preprocessing.Antialias ? "" : ", not antialiased");
        Row("resize", preprocessing.ShortestEdge is { } edge ? $"shortest edge to {edge}, {filter}"
            : preprocessing.ResizeWidth is { } width ? $"to {width} x {preprocessing.ResizeHeight}, {filter}" : "none");
        Row("centre crop", preprocessing.CropWidth is { } crop ? $"{crop} x {preprocessing.CropHeight}" : "none");
        Row("rescale", $"{preprocessing.RescaleFactor:g6}");
        Row("normalise", preprocessing.Mean is { } mean ? $"mean {string.Join(", ", mean)}; std {string.Join(", ", preprocessing.Std!)}" : "none");
        Row("channel order", preprocessing.FlipChannelOrder ? "BGR" : "RGB");
        Row("parameters", $"{model.Parameters:N0}");
        Row("bytes", $"{model.Bytes:N0}");
        if (model.Assumption is { } assumption)
            Row("assumed", assumption);
        console.Write(table);

        void Row(string name, string value) => table.AddRow(Markup.Escape(name), Markup.Escape(value));
    }
}
