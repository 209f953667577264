using System.Numerics;
using System.Runtime.InteropServices;
using Google.Protobuf;

namespace ClassifierFunctions.Models.Onnx;

/// <summary>Constant numbers of a graph, row-major. No dimensions make a scalar. Checked where it becomes part of a graph.</summary>
internal sealed class OnnxTensor
{
    // The format is little-endian, and so is every platform that .NET and ONNX Runtime share: numbers are written as they lie in memory.
    private readonly OnnxElement _element;
    private readonly long[] _dims;
    private readonly ByteString _data;

    private OnnxTensor(OnnxElement element, ReadOnlySpan<long> dims, ByteString data)
        => (_element, _dims, _data) = (element, dims.ToArray(), data);

    /// <summary>float32 numbers, not copied: the memory must not change until the graph is saved.</summary>
    /// <exception cref="ArgumentException">More than the 2 GB that an ONNX file can hold.</exception>
    public static OnnxTensor Of(ReadOnlyMemory<float> values, params ReadOnlySpan<long> dims)
        => new(OnnxElement.Float32, dims, UnsafeByteOperations.UnsafeWrap(FloatBytes.Of(values)));

    /// <summary>int64 numbers, as the operators take shapes, axes and indices. Copied.</summary>
    public static OnnxTensor Of(ReadOnlySpan<long> values, params ReadOnlySpan<long> dims)
        => new(OnnxElement.Int64, dims, ByteString.CopyFrom(MemoryMarshal.AsBytes(values)));

    /// <summary>
    /// Numbers of any type as their little-endian bytes (a bool: one byte, 0 or 1), not copied: the memory must not change until the graph is saved.
    /// </summary>
    public static OnnxTensor Of(ReadOnlyMemory<byte> data, OnnxElement element, params ReadOnlySpan<long> dims)
        => new(element, dims, UnsafeByteOperations.UnsafeWrap(data));

    /// <param name="culprit">Whose tensor this is, for the message.</param>
    /// <exception cref="ArgumentException">A negative dimension, or dimensions that hold more or fewer numbers than there are.</exception>
    internal TensorProto ToProto(string culprit)
    {
        var elements = _dims.Aggregate(BigInteger.One, (product, dim) => product * dim);
        if (_dims.Any(dim => dim < 0) || elements * Size != _data.Length)
        {
            var dims = string.Join(", ", _dims);
            throw new ArgumentException(
                $"{culprit}: dimensions [{dims}] do not fit {(double)_data.Length / Size:0.##} numbers of {_element} ({_data.Length} bytes).");
        }

        return new() { Dims = { _dims }, DataType = (int)_element, RawData = _data };
    }

    // Bytes per element.
    private int Size => _element switch
    {
        OnnxElement.UInt8 or OnnxElement.Int8 or OnnxElement.Bool => 1,
        OnnxElement.Float16 => 2,
        OnnxElement.Float32 or OnnxElement.Int32 => 4,
        OnnxElement.Int64 or OnnxElement.Float64 => 8,
        _ => throw new InvalidOperationException($"{_element} is not an element type."),
    };
}
