using System.Buffers;
using System.Runtime.InteropServices;

namespace ClassifierFunctions.Models.Onnx;

/// <summary>The bytes of floats, in place: memory has no cast between element types as spans have.</summary>
internal sealed class FloatBytes : MemoryManager<byte>
{
    private readonly ReadOnlyMemory<float> _floats;

    private FloatBytes(ReadOnlyMemory<float> floats) => _floats = floats;

    /// <summary>A view of <paramref name="floats"/>; not a copy.</summary>
    /// <exception cref="ArgumentException">More bytes than a memory, and with it a protobuf message, can have.</exception>
    public static ReadOnlyMemory<byte> Of(ReadOnlyMemory<float> floats)
        => floats.Length <= int.MaxValue / sizeof(float)
            ? new FloatBytes(floats).CreateMemory(floats.Length * sizeof(float))
            : throw new ArgumentException($"{floats.Length} float32 numbers are more than the 2 GB that an ONNX file can hold.", nameof(floats));

    // Writable because memory managers are; as ReadOnlyMemory nobody sees it so.
    public override Span<byte> GetSpan() => MemoryMarshal.AsBytes(MemoryMarshal.AsMemory(_floats).Span);

    public override MemoryHandle Pin(int elementIndex = 0)
        => throw new NotSupportedException("Nothing that writes protobuf pins memory.");

    public override void Unpin()
    {
    }

    protected override void Dispose(bool disposing)
    {
    }
}
