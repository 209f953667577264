namespace ClassifierFunctions.ModelTool.TensorFlow.Sources.Checks;

/// <summary>Attributes of nodes that may lack them.</summary>
internal static class NodeAttributes
{
    public static bool Flag(this NodeDef node, string name) => node.Attr.TryGetValue(name, out var value) && value.B;

    /// <summary>Empty when there is none.</summary>
    public static string Text(this NodeDef node, string name) => node.Attr.TryGetValue(name, out var value) ? value.S.ToStringUtf8() : "";

    public static long[]? Ints(this NodeDef node, string name)
        => node.Attr.TryGetValue(name, out var value) && value.List is { } list ? [.. list.I] : null;
}
