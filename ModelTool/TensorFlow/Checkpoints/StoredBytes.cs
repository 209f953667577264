namespace ClassifierFunctions.ModelTool.TensorFlow.Checkpoints;

/// <summary>The bytes of a tensor, or of a slice of one, within a .data file.</summary>
/// <param name="Size">In bytes; they are within the file.</param>
/// <param name="Checksum">Masked CRC-32C.</param>
internal sealed record StoredBytes(string Tensor, CheckpointFile File, long Offset, long Size, uint Checksum)
{
    // What a processor's second-level cache holds: the checksum finds the bytes there.
    private const int BlockBytes = 256 * 1024;

    /// <summary>Fills the target, which is as long as this, and verifies the checksum.</summary>
    public void Read(Span<byte> target)
    {
        uint crc = 0;
        for (var at = 0; at < target.Length;)
        {
            var block = target.Slice(at, Math.Min(BlockBytes, target.Length - at));
            File.Read(Offset + at, block);
            crc = Crc32C.Append(crc, block);
            at += block.Length;
        }

        if (Crc32C.Mask(crc) != Checksum)
            throw WrongChecksum();
    }

    public byte[] Read()
    {
        if (Size > Array.MaxLength)
            throw Damaged($"has {Size} bytes; above 2 GB is not supported");
        var bytes = GC.AllocateUninitializedArray<byte>((int)Size);
        Read(bytes);
        return bytes;
    }

    /// <summary>The texts of a tensor of type DT_STRING: their lengths as varints, a checksum of the lengths, their bytes.</summary>
    public IReadOnlyList<byte[]> ReadStrings(long count)
    {
        // Each has a length of one byte at least.
        if (count > Size || Size > Array.MaxLength)
            throw Damaged($"has {count} strings, but {Size} bytes");
        var bytes = GC.AllocateUninitializedArray<byte>((int)Size);
        File.Read(Offset, bytes);
        var at = 0;
        uint crc = 0;
        var lengths = new int[count];
        Span<byte> number = stackalloc byte[sizeof(uint)];
        for (var i = 0; i < lengths.Length; i++)
        {
            if (!Varint.TryReadLength(bytes, ref at, out lengths[i]))
                throw Damaged("has a length that is none");
            // Not as the file has them, but as 32 bits each.
            BitConverter.TryWriteBytes(number, lengths[i]);
            crc = Crc32C.Append(crc, number);
        }

        if (bytes.Length - at < sizeof(uint) || BitConverter.ToUInt32(bytes, at) != Crc32C.Mask(crc))
            throw WrongChecksum();
        // The index's is over the lengths, their checksum, and the texts.
        if (Crc32C.Mask(Crc32C.Append(crc, bytes.AsSpan(at))) != Checksum)
            throw WrongChecksum();
        at += sizeof(uint);
        if (lengths.Sum(length => (long)length) != bytes.Length - at)
            throw Damaged("has strings that are not as long as its bytes");
        var strings = new byte[lengths.Length][];
        for (var i = 0; i < lengths.Length; at += lengths[i], i++)
            strings[i] = bytes.AsSpan(at, lengths[i]).ToArray();
        return strings;
    }

    private ImportException Damaged(string what) => CheckpointDamage.At(File.Path, Offset, $"tensor {Tensor} {what}");

    private ImportException WrongChecksum() => Damaged("does not have the checksum that the index has");
}
