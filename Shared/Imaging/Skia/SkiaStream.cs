using SkiaSharp;

namespace ClassifierFunctions.Imaging;

/// <summary>Lets Skia read an <see cref="EncodedStream"/>. No exception may leave these methods: native code calls them.</summary>
internal sealed unsafe class SkiaStream(EncodedStream stream) : SKAbstractManagedStream
{
    protected override nint OnRead(nint buffer, nint size)
    {
        // Without a buffer, Skia means to skip.
        if (buffer != 0)
            return stream.Read(new Span<byte>((void*)buffer, (int)size));
        var before = stream.Position;
        stream.Position += size;
        return (nint)(stream.Position - before);
    }

    protected override nint OnPeek(nint buffer, nint size) => buffer == 0 ? 0 : stream.Peek(new Span<byte>((void*)buffer, (int)size));

    protected override bool OnIsAtEnd() => stream.Position >= stream.Length;

    protected override bool OnHasPosition() => true;

    protected override bool OnHasLength() => true;

    protected override bool OnRewind()
    {
        stream.Position = 0;
        return true;
    }

    protected override nint OnGetPosition() => (nint)stream.Position;

    protected override nint OnGetLength() => (nint)stream.Length;

    protected override bool OnSeek(nint position)
    {
        stream.Position = position;
        return true;
    }

    protected override bool OnMove(int offset)
    {
        stream.Position += offset;
        return true;
    }

    protected override nint OnCreateNew() => 0;
}
