using ClassifierFunctions.ModelTool.TensorFlow;

namespace ClassifierFunctions.Tests.Support.TensorFlow.Reference;

/// <summary>Attributes of a node; absent ones have the op's default, which the caller gives where it has one.</summary>
internal static class NodeAttributes
{
    public static bool Bool(this NodeDef node, string name, bool absent = false) => node.Attr.TryGetValue(name, out var value) ? value.B : absent;

    public static int Int(this NodeDef node, string name, int absent = 0) => node.Attr.TryGetValue(name, out var value) ? (int)value.I : absent;

    public static float Float(this NodeDef node, string name, float absent = 0) => node.Attr.TryGetValue(name, out var value) ? value.F : absent;

    public static string Text(this NodeDef node, string name, string absent = "")
        => node.Attr.TryGetValue(name, out var value) ? value.S.ToStringUtf8() : absent;

    public static DataType Type(this NodeDef node, string name, DataType absent = DataType.DtInvalid)
        => node.Attr.TryGetValue(name, out var value) ? value.Type : absent;

    public static int[] Ints(this NodeDef node, string name)
        => node.Attr.TryGetValue(name, out var value) ? [.. value.List.I.Select(number => (int)number)] : [];
}
