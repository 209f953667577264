using Google.Protobuf;
using AttributeType = ClassifierFunctions.Models.Onnx.AttributeProto.Types.AttributeType;

namespace ClassifierFunctions.Models.Onnx;

/// <summary>
/// A setting of a node, written as a name and a value: <c>("strides", new long[] { 2, 2 })</c>. Lists and texts are copied, tensors are not.
/// </summary>
internal sealed class OnnxAttribute
{
    private OnnxAttribute(AttributeProto proto) => Proto = proto;

    public static implicit operator OnnxAttribute((string Name, long Value) pair)
        => new(new() { Name = pair.Name, I = pair.Value, Type = AttributeType.Int });

    public static implicit operator OnnxAttribute((string Name, float Value) pair)
        => new(new() { Name = pair.Name, F = pair.Value, Type = AttributeType.Float });

    public static implicit operator OnnxAttribute((string Name, string Value) pair)
        => new(new() { Name = pair.Name, S = ByteString.CopyFromUtf8(pair.Value), Type = AttributeType.String });

    public static implicit operator OnnxAttribute((string Name, long[] Value) pair)
        => new(new() { Name = pair.Name, Ints = { pair.Value }, Type = AttributeType.Ints });

    public static implicit operator OnnxAttribute((string Name, float[] Value) pair)
        => new(new() { Name = pair.Name, Floats = { pair.Value }, Type = AttributeType.Floats });

    public static implicit operator OnnxAttribute((string Name, string[] Value) pair)
        => new(new() { Name = pair.Name, Strings = { pair.Value.Select(ByteString.CopyFromUtf8) }, Type = AttributeType.Strings });

    /// <exception cref="ArgumentException">The tensor's dimensions do not fit its numbers.</exception>
    public static implicit operator OnnxAttribute((string Name, OnnxTensor Value) pair)
        => new(new() { Name = pair.Name, T = pair.Value.ToProto($"Attribute {pair.Name}"), Type = AttributeType.Tensor });

    internal string Name => Proto.Name;

    internal AttributeProto Proto { get; }
}
