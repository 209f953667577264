using System.Buffers.Binary;

namespace ClassifierFunctions.Imaging;

/// <summary>EXIF orientation of a WebP file: its EXIF chunk (WebP container specification), which not every codec finds.</summary>
internal static class WebPOrientation
{
    private const int HeaderBytes = 12;

    /// <summary>1 to 8; 1 when there is none.</summary>
    public static int Read(ReadOnlySpan<byte> webp)
    {
        var rest = webp.Length < HeaderBytes ? [] : webp[HeaderBytes..];
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
