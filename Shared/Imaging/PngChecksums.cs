using System.Buffers.Binary;
using System.IO.Hashing;

namespace ClassifierFunctions.Imaging;

/// <summary>Checksums of PNG chunks. Pillow does not verify those of pixel data, so a file with a wrong one is an image for those who train with it.</summary>
internal static class PngChecksums
{
    // A file with more wrong ones is beyond repair, and may have millions.
    private const int MaxPatches = 4096;

    /// <summary>The patches that make every IDAT chunk's checksum right; none when all are, or too many are wrong.</summary>
    public static IReadOnlyList<BytePatch> Repairs(ReadOnlySpan<byte> png)
    {
        var patches = new List<BytePatch>();
        var chunks = new PngChunks(png);
        Span<byte> right = stackalloc byte[4];
        while (chunks.MoveNext())
        {
            if (!chunks.Type.SequenceEqual("IDAT"u8))
                continue;
            var checksumAt = chunks.Offset + 4 + chunks.Data.Length;
            BinaryPrimitives.WriteUInt32BigEndian(right, Crc32.HashToUInt32(png[chunks.Offset..checksumAt]));
            if (patches.Count > MaxPatches)
                return [];
            for (var i = 0; i < right.Length; i++)
            {
                if (png[checksumAt + i] != right[i])
                    patches.Add(new BytePatch(checksumAt + i, right[i]));
            }
        }

        return patches;
    }
}
