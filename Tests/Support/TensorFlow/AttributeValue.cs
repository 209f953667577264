using ClassifierFunctions.ModelTool.TensorFlow;
using Google.Protobuf;

namespace ClassifierFunctions.Tests.Support.TensorFlow;

/// <summary>Values of a node's attributes, as TensorFlow writes them.</summary>
internal static class AttributeValue
{
    public static AttrValue Of(DataType type) => new() { Type = type };

    public static AttrValue Of(bool value) => new() { B = value };

    public static AttrValue Of(int value) => new() { I = value };

    public static AttrValue Of(float value) => new() { F = value };

    public static AttrValue Of(string value) => new() { S = ByteString.CopyFromUtf8(value) };

    public static AttrValue Of(TensorProto value) => new() { Tensor = value };

    public static AttrValue List(params int[] values) => new() { List = new() { I = { values.Select(value => (long)value) } } };

    public static AttrValue Types(params DataType[] types) => new() { List = new() { Type = { types } } };

    /// <summary>-1 is a dimension that is not known.</summary>
    public static AttrValue Shape(params int[] dims) => new() { Shape = ShapeOf(dims) };

    public static TensorShapeProto ShapeOf(params int[] dims)
        => new() { Dim = { dims.Select(size => new TensorShapeProto.Types.Dim { Size = size }) } };
}
