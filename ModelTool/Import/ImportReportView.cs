using ClassifierFunctions.Models;
using Spectre.Console;

namespace ClassifierFunctions.ModelTool.Import;

/// <summary>Shows on a terminal what an import did.</summary>
internal static class ImportReportView
{
    /// <param name="console">Where to.</param>
    /// <param name="report">What was imported.</param>
    /// <param name="preprocessing">How images become its input.</param>
    /// <param name="model">The folder as the app reads it.</param>
    public static void Print(IAnsiConsole console, ImportReport report, Preprocessing preprocessing, ModelVersion model)
    {
        console.Write(Layers(report));
        if (report.Dropped.Count > 0)
            console.Write(Dropped(report));
        if (report.Constants.Count > 0)
            console.Write(Constants(report));
        Line($"{report.SourceKind}{(report.TensorFlowVersion is { } version ? $" of TensorFlow {version}" : "")}: input {report.Input.Name}, "
            + $"{report.Input.Width} x {report.Input.Height} x {report.Input.Channels}; output {string.Join(", ", report.Outputs.Select(output => output.Name))}");
        Line($"bytes: {report.BytesBefore:N0} -> {model.Bytes:N0} ({(double)model.Bytes / report.BytesBefore:0 %})");
        Line($"nodes: {report.NodesBefore:N0} -> {report.NodesAfter:N0}");
        Line(preprocessing.Description);
        if (preprocessing.Assumption is { } assumption)
            Line($"{assumption} Say otherwise with --preprocess.");
        foreach (var note in report.Notes)
            Line(note);

        void Line(string text) => console.WriteLine(text);
    }

    private static Table Layers(ImportReport report)
    {
        var table = new Table().AddColumns("layer", "operation", "output").AddColumn("parameters", column => column.RightAligned());
        foreach (var layer in report.Layers)
            table.AddRow(Markup.Escape(layer.Name), Markup.Escape(layer.Operation), Markup.Escape(layer.OutputShape), $"{layer.Parameters:N0}");
        table.Columns[0].Footer("total");
        table.Columns[^1].Footer($"{report.Parameters:N0}");
        return table.ShowFooters();
    }

    private static Table Dropped(ImportReport report)
    {
        var table = new Table().AddColumn("left out").AddColumn("count", column => column.RightAligned()).AddColumn("bytes", column => column.RightAligned());
        foreach (var part in report.Dropped)
            table.AddRow(Markup.Escape(part.What), $"{part.Count:N0}", $"{part.Bytes:N0}");
        return table;
    }

    private static Table Constants(ImportReport report)
    {
        var table = new Table().AddColumns("placeholder", "value", "because");
        foreach (var constant in report.Constants)
            table.AddRow(Markup.Escape(constant.Name), Markup.Escape(constant.Value), Markup.Escape(constant.Why));
        return table;
    }
}
