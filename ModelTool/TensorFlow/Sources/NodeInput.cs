using System.Globalization;

namespace ClassifierFunctions.ModelTool.TensorFlow.Sources;

/// <summary>An input of a node of a flat graph: <c>name</c> (port 0), <c>name:port</c>, or <c>^name</c> for a control input.</summary>
internal readonly record struct NodeInput(string Node, int Port, bool IsControl)
{
    /// <returns>Null when the text has none of these forms.</returns>
    public static NodeInput? Parse(string text)
    {
        if (text.StartsWith('^'))
            return text.Length > 1 && !text.Contains(':') ? new(text[1..], 0, true) : null;
        var colon = text.IndexOf(':');
        if (colon < 0)
            return text.Length > 0 ? new(text, 0, false) : null;
        return colon > 0 && int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            ? new(text[..colon], port, false)
            : null;
    }

    public override string ToString()
        => IsControl ? $"^{Node}" : Port == 0 ? Node : string.Create(CultureInfo.InvariantCulture, $"{Node}:{Port}");
}
