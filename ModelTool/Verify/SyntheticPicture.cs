using System.Buffers.Binary;

namespace ClassifierFunctions.ModelTool.Verify;

/// <summary>Pictures that nobody has to bring along: as BMP files, which need no encoder, so that they go the whole way from file to model.</summary>
internal static class SyntheticPicture
{
    private const int Width = 320;
    private const int Height = 240;

    // File header, BITMAPINFOHEADER (Windows GDI's documentation), then rows of BGR from the bottom up; 320 x 3 bytes need no padding.
    private const int HeaderBytes = 14 + 40;
    private const int TileSide = 32;

    /// <summary>Three that have little in common: a gradient of colours, tiles, and noise that is always the same.</summary>
    public static IReadOnlyList<byte[]> All { get; } =
    [
        Bitmap((x, y) => ((byte)(x * 255 / Width), (byte)(y * 255 / Height), (byte)(255 - (x * 255 / Width)))),
        Bitmap((x, y) => (((x / TileSide) + (y / TileSide)) % 2 == 0) ? ((byte)240, (byte)200, (byte)30) : ((byte)20, (byte)40, (byte)90)),
        Bitmap((x, y) => (Hash(x, y, 0), Hash(x, y, 1), Hash(x, y, 2))),
    ];

    private static byte[] Bitmap(Func<int, int, (byte Red, byte Green, byte Blue)> pixel)
    {
        var file = new byte[HeaderBytes + (Width * Height * 3)];
        "BM"u8.CopyTo(file);
        Write(2, file.Length);
        Write(10, HeaderBytes);
        Write(14, 40);
        Write(18, Width);
        Write(22, Height);
        // One plane of 24 bits.
        Write(26, 1 | (24 << 16));
        for (var i = 0; i < Width * Height; i++)
            (file[HeaderBytes + (3 * i) + 2], file[HeaderBytes + (3 * i) + 1], file[HeaderBytes + (3 * i)]) = pixel(i % Width, i / Width);
        return file;

        void Write(int offset, int value) => BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(offset), value);
    }

    // Mixes bits as MurmurHash3 ends (Appleby, public domain).
    private static byte Hash(int x, int y, int channel)
    {
        var bits = (uint)((((y * Width) + x) * 3) + channel);
        bits = (bits ^ (bits >> 16)) * 0x85EBCA6B;
        bits = (bits ^ (bits >> 13)) * 0xC2B2AE35;
        return (byte)(bits ^ (bits >> 16));
    }
}
