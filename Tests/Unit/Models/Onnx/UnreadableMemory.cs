using System.Buffers;

namespace ClassifierFunctions.Tests.Unit.Models.Onnx;

/// <summary>Memory with a length and nothing in it: reading it fails, as a disk may while a file is written.</summary>
internal sealed class UnreadableMemory : MemoryManager<byte>
{
    public static ReadOnlyMemory<byte> Of(int length) => new UnreadableMemory().CreateMemory(length);

    public override Span<byte> GetSpan() => throw new IOException("Unreadable.");

    public override MemoryHandle Pin(int elementIndex = 0) => throw new NotSupportedException();

    public override void Unpin()
    {
    }

    protected override void Dispose(bool disposing)
    {
    }
}
