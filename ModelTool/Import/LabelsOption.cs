using System.Globalization;
using ClassifierFunctions.Models;
using ClassifierFunctions.ModelTool.TensorFlow;

namespace ClassifierFunctions.ModelTool.Import;

/// <summary><c>--labels</c>: a file with one class per line, or the classes themselves with commas between them, in the order of the scores.</summary>
internal sealed class LabelsOption
{
    private readonly string? _text;
    private readonly IReadOnlyList<string>? _labels;

    private LabelsOption(string? text, IReadOnlyList<string>? labels) => (_text, _labels) = (text, labels);

    /// <summary>False when the labels are made up.</summary>
    public bool IsGiven => _labels is not null;

    /// <param name="text">Path or list; null for none.</param>
    /// <exception cref="ImportException">There is no such file, or a label is empty or there twice.</exception>
    public static LabelsOption Parse(string? text)
    {
        if (text is null)
            return new(null, null);
        var labels = Read(text);
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (label, number) in labels.Select((label, index) => (label, index + 1)))
        {
            if (label.Length == 0)
                throw new ImportException($"--labels {text}: label {number} of {labels.Count} is empty; every class needs a name.");
            if (!numbers.TryAdd(label, number))
                throw new ImportException($"--labels {text}: labels {numbers[label]} and {number} are both \"{label}\"; every class needs a name of its own.");
        }

        return new(text, labels);
    }

    /// <summary>The labels of a model: those given, or LABEL_0, LABEL_1 and so on, as Hugging Face names what has no name.</summary>
    /// <exception cref="ImportException">No output has as many scores, or the first has a number that is not known.</exception>
    public IReadOnlyList<string> For(IReadOnlyList<ImportOutput> outputs)
    {
        if (_labels is null)
        {
            var scores = outputs.Select(output => output.Scores).FirstOrDefault(scores => scores is not null)
                ?? throw new ImportException($"The graph does not say how many scores output {outputs[0].Name} has; give the classes with --labels.");
            return [.. Enumerable.Range(0, scores).Select(index => string.Create(CultureInfo.InvariantCulture, $"LABEL_{index}"))];
        }

        if (outputs.Any(output => (output.Scores ?? _labels.Count) == _labels.Count))
            return _labels;
        var found = string.Join(", ", outputs.Select(output => $"output {output.Name} has {output.Scores} scores"));
        // Networks of TensorFlow's model zoo have 1001 classes: the first is none of ImageNet's.
        var hint = outputs.Any(output => output.Scores == _labels.Count + 1) ? " If the first class is a background class, name it, too." : "";
        throw new ImportException($"--labels {_text} names {_labels.Count} classes, but {found}.{hint}");
    }

    private static IReadOnlyList<string> Read(string text)
    {
        if (!File.Exists(text))
        {
            return Path.HasExtension(text) && !text.Contains(',', StringComparison.Ordinal)
                ? throw new ImportException($"--labels: there is no file {text}. Give a file with one class per line, or the classes with commas between them.")
                : text.Split(',', StringSplitOptions.TrimEntries);
        }

        try
        {
            return LabelReader.FromText(text);
        }
        catch (ModelFormatException empty)
        {
            throw new ImportException($"--labels: {empty.Message}", empty);
        }
    }
}
