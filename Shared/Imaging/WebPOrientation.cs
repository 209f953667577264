using System.Buffers.Binary;

namespace ClassifierFunctions.Imaging;

/// <summary>EXIF orientation of a WebP file: its EXIF chunk (WebP container specification), which not every codec finds.</summary>
internal static class WebPOrientation
{
    private const int HeaderBytes = 12;
    private const byte ExifFlag = 0x08;

    /// <summary>1 to 8; 1 when there is none.</summary>
    public static int Read(ReadOnlySpan<byte> webp)
    {
        var rest = webp.Length < HeaderBytes ? [] : webp[HeaderBytes..];
        // Only the extended format has metadata, and a flag that says which.
        if (rest.Length < 9 || !rest.StartsWith("VP8X"u8) || (rest[8] & ExifFlag) == 0)
            return 1;
        while (rest.Length >= 8)
        {
            var length = BinaryPrimitives.ReadUInt32LittleEndian(rest[4..]);
            if (length > (uint)(rest.Length - 8))
                return 1;
            if (rest.StartsWith("EXIF"u8))
                return ExifOrientation.Read(rest.Slice(8, (int)length)) ?? 1;
            // Chunks are padded to even lengths.
            rest = rest[Math.Min(8 + (int)length + (int)(length & 1), rest.Length)..];
        }

        return 1;
    }
}
