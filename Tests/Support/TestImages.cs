using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;

namespace ClassifierFunctions.Tests.Support;

/// <summary>Image files made for a test.</summary>
internal static class TestImages
{
    private const byte Grey = 0;
    private const byte Rgb = 2;

    public static byte[] GreyPng(int width, int height)
        => Png(width, height, Grey, stream =>
        {
            var row = new byte[width + 1];
            for (var y = 0; y < height; y++)
                stream.Write(row);
        });

    public static byte[] Png(UprightPixels pixels, params (string Type, byte[] Data)[] chunks)
        => Png(pixels.Width, pixels.Height, Rgb, stream =>
        {
            for (var y = 0; y < pixels.Height; y++)
            {
                stream.WriteByte(0);
                stream.Write(pixels.Rgb, y * pixels.Width * 3, pixels.Width * 3);
            }
        }, chunks);

    /// <summary>A valid progressive JPEG, grey all over, whose every scan makes a decoder visit each of its blocks again (ITU-T T.81, annexes B and G).</summary>
    public static byte[] ManyScansJpeg(int side, int scans)
    {
        const int longestRun = 1 << 14;
        var blocks = (side + 7) / 8 * ((side + 7) / 8);
        using var jpeg = new MemoryStream();
        jpeg.Write([0xFF, 0xD8]);
        Segment(0xDB, [0, .. Enumerable.Repeat((byte)1, 64)]);
        Segment(0xC2, [8, (byte)(side >> 8), (byte)side, (byte)(side >> 8), (byte)side, 1, 1, 0x11, 0]);
        // Two codes, each of one bit: no difference, and a run of 16,384 to 32,767 empty blocks.
        Segment(0xC4, [0x00, 1, .. new byte[15], 0x00]);
        Segment(0xC4, [0x10, 1, .. new byte[15], 0xE0]);
        Segment(0xDA, [1, 1, 0x00, 0, 0, 0]);
        jpeg.Write(new byte[(blocks + 7) / 8]);
        for (var scan = 0; scan < scans; scan++)
        {
            Segment(0xDA, [1, 1, 0x00, 1, 63, 0]);
            jpeg.Write(new byte[((((blocks + longestRun - 1) / longestRun) * 15) + 7) / 8]);
        }

        jpeg.Write([0xFF, 0xD9]);
        return jpeg.ToArray();

        void Segment(byte marker, byte[] content)
        {
            jpeg.Write([0xFF, marker, (byte)((content.Length + 2) >> 8), (byte)(content.Length + 2)]);
            jpeg.Write(content);
        }
    }

    // PNG specification: signature, IHDR, IDAT with one filter byte before each row, IEND.
    private static byte[] Png(int width, int height, byte colourType, Action<Stream> writeRows, params (string Type, byte[] Data)[] chunks)
    {
        using var png = new MemoryStream();
        png.Write([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        header[8] = 8;
        header[9] = colourType;
        Chunk("IHDR", header);
        foreach (var (type, data) in chunks)
            Chunk(type, data);
        using var pixels = new MemoryStream();
        using (var zlib = new ZLibStream(pixels, CompressionLevel.Fastest, leaveOpen: true))
            writeRows(zlib);
        Chunk("IDAT", pixels.ToArray());
        Chunk("IEND", []);
        return png.ToArray();

        void Chunk(string type, byte[] data)
        {
            var typeBytes = System.Text.Encoding.ASCII.GetBytes(type);
            Span<byte> number = stackalloc byte[4];
            BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
            png.Write(number);
            png.Write(typeBytes);
            png.Write(data);
            BinaryPrimitives.WriteUInt32BigEndian(number, Crc32.HashToUInt32([.. typeBytes, .. data]));
            png.Write(number);
        }
    }
}
