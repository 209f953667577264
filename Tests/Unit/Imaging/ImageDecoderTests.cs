using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;
using ClassifierFunctions.Results;
using ClassifierFunctions.Tests.Support;

namespace ClassifierFunctions.Tests.Unit.Imaging;

public sealed class ImageDecoderTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public void Decode_ExifOrientation_GivesUprightPicture(int orientation)
    {
        using var first = Decoding.Decode(TestData.Path("photos", "exif-orientation", "landscape_1.jpg"));
        using var image = Decoding.Decode(TestData.Path("photos", "exif-orientation", $"landscape_{orientation}.jpg"));

        Assert.Equal((first.Width, first.Height), (image.Width, image.Height));
        // The pictures differ by the number printed in them and by JPEG noise; another turn would differ everywhere.
        var difference = 0L;
        for (var i = 0; i < first.Rgb.Length; i++)
            difference += Math.Abs(first.Rgb[i] - image.Rgb[i]);
        Assert.InRange((double)difference / first.Rgb.Length, 0, 6);
    }

    [Fact]
    public void Decode_MoreThanMaxPixels_IsRefused()
    {
        var bytes = File.ReadAllBytes(TestData.Photo("fish.png"));

        using (Decoding.Decoder(720 * 720).Decode(bytes, CancellationToken.None))
        {
        }

        var failure = Assert.Throws<ClassifierException>(() => Decoding.Decoder((720 * 720) - 1).Decode(bytes, CancellationToken.None));
        Assert.Equal(ClassifierError.TooManyPixels, failure.Error);
    }

    [Theory]
    [InlineData(1, 65_536)]
    [InlineData(65_536, 1)]
    public void Decode_SideTooLong_IsRefusedByTheHeader(int width, int height)
    {
        var png = GreyPng(width, height);

        Assert.Equal(ClassifierError.TooManyPixels, Assert.Throws<ClassifierException>(() => Decoding.Decoder().Decode(png, CancellationToken.None)).Error);
    }

    [Fact]
    public void Decode_AnyCutOfAJpeg_IsAnErrorOfTheCaller()
    {
        var bytes = File.ReadAllBytes(TestData.Photo("toaster.jpg"));
        var decoder = Decoding.Decoder();
        foreach (var length in Enumerable.Range(1, 60).Select(i => i * bytes.Length / 64).Concat(Enumerable.Range(3, 40)))
        {
            var failure = Assert.Throws<ClassifierException>(() => decoder.Decode(bytes.AsMemory(0, length), CancellationToken.None));
            Assert.Equal(ClassifierError.UndecodableImage, failure.Error);
        }
    }

    [Fact]
    public void Decode_Cancelled_Throws()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();

        Assert.ThrowsAny<OperationCanceledException>(() => Decoding.Decoder().Decode(File.ReadAllBytes(TestData.Photo("fish.png")), cancelled.Token));
    }

    // PNG specification: signature, IHDR, IDAT with one filter byte before each row, IEND.
    private static byte[] GreyPng(int width, int height)
    {
        using var png = new MemoryStream();
        png.Write([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        header[8] = 8;
        Chunk("IHDR"u8, header);
        using var pixels = new MemoryStream();
        using (var zlib = new ZLibStream(pixels, CompressionLevel.Fastest, leaveOpen: true))
            zlib.Write(new byte[(width + 1) * height]);
        Chunk("IDAT"u8, pixels.ToArray());
        Chunk("IEND"u8, []);
        return png.ToArray();

        void Chunk(ReadOnlySpan<byte> type, byte[] data)
        {
            Span<byte> number = stackalloc byte[4];
            BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
            png.Write(number);
            png.Write(type);
            png.Write(data);
            BinaryPrimitives.WriteUInt32BigEndian(number, Crc32.HashToUInt32([.. type, .. data]));
            png.Write(number);
        }
    }
}
