using System.Globalization;
using System.Text;
using ClassifierFunctions.Models;

namespace ClassifierFunctions.ModelTool.Import;

/// <summary>
/// <c>README.md</c> of an imported model: a model card as Hugging Face has them (YAML between dashes, then Markdown). The same import makes the same card.
/// </summary>
internal static class ModelCard
{
    // More are in config.json, and would bury the rest.
    private const int MaxLabels = 20;

    /// <param name="report">What was imported.</param>
    /// <param name="options">What was asked for.</param>
    /// <param name="preprocessing">How images become its input.</param>
    /// <param name="model">The folder as the app reads it.</param>
    public static string Text(ImportReport report, ImportOptions options, Preprocessing preprocessing, ModelVersion model)
    {
        var card = new StringBuilder();
        var classes = $"{model.Labels.Count} {(model.Labels.Count == 1 ? "class" : "classes")}";
        var madeUp = options.Labels.IsGiven ? "" : " TensorFlow's files do not name the classes; these names were made up.";
        var assumed = preprocessing.Assumption is { } assumption
            ? $" **{assumption}** Other images give other scores: import again with `--preprocess` if this is wrong."
            : "";
        var channels = report.Input.Channels == 1 ? "grey" : $"{report.Input.Channels} channels";
        Line($"""
            ---
            library_name: onnx
            pipeline_tag: image-classification
            tags: [tensorflow, onnx]
            ---

            # {model.Model}

            An image classifier of {classes}, imported from a {report.SourceKind}{Version(report)}. {report.Parameters:N0} parameters, {model.Bytes:N0} bytes.

            ## Use

            In a folder that the app serves, and on the command line:

            ```sh
            curl --data-binary @photo.jpg localhost:7071/api/classify/{model.Model}
            dotnet run --project ModelTool -- classify {options.TargetPath} photo.jpg
            ```

            ## Labels

            {Labels(model.Labels)}{madeUp}

            ## Preprocessing

            {preprocessing.Description}{assumed}

            ## Origin

            | file | bytes | SHA-256 |
            |---|---:|---|
            """);
        foreach (var source in report.Sources)
            Line($"| {Cell(source.FileName)} | {source.Bytes:N0} | `{source.Sha256}` |");
        Line($"""

            ```sh
            {options.Command}
            ```

            Input: {Code(report.Input.Name)}, {report.Input.Width} x {report.Input.Height}, {channels}, any number of images. {Outputs(report.Outputs)}

            ## What was left out

            {report.BytesBefore:N0} bytes became {model.Bytes:N0}, {report.NodesBefore:N0} nodes became {report.NodesAfter:N0}.
            """);
        if (report.Dropped.Count > 0)
            Line($"\n| left out | count | bytes |\n|---|---:|---:|\n{Rows(report.Dropped, part => $"| {Cell(part.What)} | {part.Count:N0} | {part.Bytes:N0} |")}");
        if (report.Constants.Count > 0)
            Line($"\n| placeholder | value | because |\n|---|---|---|\n{Rows(report.Constants, value => $"| {Code(value.Name)} | {Code(value.Value)} | {Cell(value.Why)} |")}");
        if (report.Notes.Count > 0)
            Line($"\n{Rows(report.Notes, note => $"- {note}")}");
        Line($"""

            ## Layers

            | layer | operation | output | parameters |
            |---|---|---|---:|
            {Rows(report.Layers, layer => $"| {Code(layer.Name)} | {Cell(layer.Operation)} | {Cell(layer.OutputShape)} | {layer.Parameters:N0} |")}
            | **all** | | | **{report.Parameters:N0}** |
            """);
        return card.ToString();

        void Line(string text) => card.Append(text).Append('\n');
    }

    private static string Version(ImportReport report) => report.TensorFlowVersion is { } version ? $" (TensorFlow {version})" : "";

    private static string Labels(IReadOnlyList<string> labels)
        => string.Join(", ", labels.Take(MaxLabels).Select(Code)) + (labels.Count > MaxLabels ? " and so on: all are in `config.json`." : ".");

    private static string Outputs(IReadOnlyList<ImportOutput> outputs)
        => outputs.Count == 1 ? $"Output: {Code(outputs[0].Name)}."
            : $"Outputs: {string.Join(", ", outputs.Select(output => Code(output.Name)))}; the app answers with the one that has a score per label.";

    private static string Rows<T>(IEnumerable<T> rows, Func<T, FormattableString> row)
        => string.Join('\n', rows.Select(item => row(item).ToString(CultureInfo.InvariantCulture)));

    // A name with a backtick needs two around it, and spaces (CommonMark, code spans).
    private static string Code(string text) => Cell(text.Contains('`', StringComparison.Ordinal) ? $"`` {text} ``" : $"`{text}`");

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal).ReplaceLineEndings(" ");
}
