using System.Buffers;

namespace ClassifierFunctions.ModelTool.TensorFlow.Sources;

/// <summary>A file's bytes for a parser that reads them once, from the first to the last.</summary>
/// <remarks>
/// All pieces share one buffer, which is filled when a piece's span is asked for. A stream would do, but the parser does not know its length, and
/// collects a large field in small pieces before it joins them: twice the memory for the largest tensor.
/// </remarks>
internal sealed class FileSequence : IDisposable
{
    private const int PieceLength = 1 << 18;

    private readonly FileStream _file;
    private readonly byte[] _buffer = new byte[PieceLength];
    private long _buffered = -1;

    public FileSequence(string path)
    {
        _file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
        Length = _file.Length;
        var first = new Segment(this, 0, null);
        var last = first;
        for (long start = PieceLength; start < Length; start += PieceLength)
            last = new Segment(this, start, last);
        Sequence = new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
    }

    public long Length { get; }

    public ReadOnlySequence<byte> Sequence { get; }

    public void Dispose() => _file.Dispose();

    private Span<byte> Read(long start, int length)
    {
        if (_buffered != start)
        {
            _file.Position = start;
            _file.ReadExactly(_buffer, 0, length);
            _buffered = start;
        }

        return _buffer.AsSpan(0, length);
    }

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(FileSequence file, long start, Segment? before)
        {
            Memory = new Piece(file, start, (int)Math.Min(PieceLength, file.Length - start)).Memory;
            RunningIndex = start;
            before?.Next = this;
        }
    }

    private sealed class Piece(FileSequence file, long start, int length) : MemoryManager<byte>
    {
        private static NotSupportedException Passing => new("A piece is there only until the next one is read.");

        public override Memory<byte> Memory => CreateMemory(length);

        public override Span<byte> GetSpan() => file.Read(start, length);

        public override MemoryHandle Pin(int elementIndex = 0) => throw Passing;

        public override void Unpin() => throw Passing;

        protected override void Dispose(bool disposing)
        {
        }
    }
}
