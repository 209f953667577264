namespace ClassifierFunctions.ModelTool.TensorFlow.Sources.Checks;

/// <summary>Reads protobuf's encoding from a file, without knowing the message.</summary>
internal sealed class WireReader(string path) : IDisposable
{
    public const int Varint = 0;
    public const int Fixed64 = 1;
    public const int Delimited = 2;
    public const int Fixed32 = 5;

    private readonly FileStream _file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 14);

    /// <summary>Of the file, without its folder.</summary>
    public string Name => Path.GetFileName(_file.Name);

    public long Position => _file.Position;

    public long Length => _file.Length;

    /// <exception cref="InvalidDataException">The file ends within a number, or the number is too long.</exception>
    public ulong ReadVarint()
    {
        var value = 0UL;
        for (var shift = 0; shift < 70; shift += 7)
        {
            var next = _file.ReadByte();
            if (next < 0)
                break;
            value |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80)
                return value;
        }

        throw new InvalidDataException($"no number ends at offset {Position}");
    }

    /// <exception cref="InvalidDataException">The tag is none.</exception>
    public (int Field, int WireType) ReadTag()
    {
        var tag = ReadVarint();
        return tag is >= 8 and <= uint.MaxValue
            ? ((int)(tag >> 3), (int)(tag & 7))
            : throw new InvalidDataException($"no field begins at offset {Position}");
    }

    /// <summary>Where a field of a known length ends.</summary>
    /// <exception cref="InvalidDataException">It would end after <paramref name="limit"/>.</exception>
    public long ReadEnd(long limit)
        => ReadVarint() is var length && length <= (ulong)(limit - Position)
            ? Position + (long)length
            : throw new InvalidDataException($"a field at offset {Position} is too long");

    public byte[] ReadTo(long end)
    {
        var bytes = new byte[end - Position];
        _file.ReadExactly(bytes);
        return bytes;
    }

    public void SkipTo(long end)
    {
        if (Position != end)
            _file.Position = end;
    }

    /// <exception cref="InvalidDataException">The type is none of a value.</exception>
    public void Skip(int wireType, long limit)
    {
        switch (wireType)
        {
            case Varint:
                ReadVarint();
                break;
            case Delimited:
                SkipTo(ReadEnd(limit));
                break;
            case Fixed32 or Fixed64 when limit - Position >= 4:
                SkipTo(Position + (wireType == Fixed32 ? 4 : 8));
                break;
            default:
                throw new InvalidDataException($"no value is at offset {Position}");
        }
    }

    public void Dispose() => _file.Dispose();
}
