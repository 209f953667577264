using System.CommandLine;
using System.Globalization;
using ClassifierFunctions.Models;
using Spectre.Console;

namespace ClassifierFunctions.ModelTool;

/// <summary><c>inspect</c>: what the app would make of a model folder.</summary>
internal static class InspectCommand
{
    public static Command Create()
    {
        var model = ModelArgument.Create();
        var command = new Command("inspect", "Shows what the app makes of a model folder: labels, input, output, preprocessing.") { model };
        command.SetAction((arguments, _) => ModelArgument.RunAsync(arguments.GetRequiredValue(model), Inspect));
        return command;
    }

    private static Task<int> Inspect(ModelVersion model)
    {
        var (input, preprocessing) = (model.Input, model.Preprocessing);
        var size = preprocessing.OutputSize!.Value;
        var table = new Table().HideHeaders().AddColumns("", "");
        Row("model", model.Model);
        Row("format", $"{model.Format}");
        Row("labels", $"{model.Labels.Count}: {string.Join(", ", model.Labels.Take(5))}{(model.Labels.Count > 5 ? ", …" : "")}");
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
        Row("parameters", model.Parameters.ToString("N0", CultureInfo.InvariantCulture));
        Row("bytes", model.Bytes.ToString("N0", CultureInfo.InvariantCulture));
        if (model.Assumption is { } assumption)
            Row("assumed", assumption);
        AnsiConsole.Write(table);
        return Task.FromResult(0);

        void Row(string name, string value) => table.AddRow(Markup.Escape(name), Markup.Escape(value));
    }
}
