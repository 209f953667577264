using System.Diagnostics;
using ClassifierFunctions.Imaging;
using ClassifierFunctions.Results;
using ClassifierFunctions.Tests.Support;

namespace ClassifierFunctions.Tests.Unit.Imaging;

public sealed class ImageDecoderTests
{
    // A golden crop's procedure, without normalisation.
    private static readonly Preprocessor Crop224 = new(
        new PreprocessorConfig { ShortestEdge = 256, CropWidth = 224, CropHeight = 224 }, TensorLayout.Nhwc, TensorElement.UInt8, 3);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public void Process_ExifOrientation_IsPillowsUprightPicture(int orientation)
    {
        var expected = Decoding.Decode(TestData.Path("photos", "exif-orientation", "expected-224-after-transpose.png")).Rgb;
        var actual = Crop224.Process(TestData.Path("photos", "exif-orientation", $"landscape_{orientation}.jpg"));

        // The pictures differ by the number printed in them and by JPEG noise; another turn would differ everywhere.
        Assert.InRange(Difference.Between(actual, expected).Mean, 0, 6);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public void Process_AnyOrientation_EqualsTheTurnedPicture(int orientation)
    {
        // The plain way: decode, turn, save without loss, and process that.
        var path = TestData.Path("photos", "exif-orientation", $"landscape_{orientation}.jpg");
        var upright = TestImages.Png(Decoding.Decode(path));
        foreach (var filter in Enum.GetValues<ResampleFilter>())
        {
            // An odd crop off the centre of neither side, and larger than the picture one way: padded.
            var preprocessor = new Preprocessor(
                new PreprocessorConfig { ShortestEdge = 61, CropWidth = 101, CropHeight = 55, Resample = filter }, TensorLayout.Nchw, TensorElement.UInt8, 3);

            Assert.Equal(preprocessor.Process(upright), preprocessor.Process(path, JpegScale.Full));
        }
    }

    [Theory]
    [InlineData("samoyed-1546x1213.jpg")]
    [InlineData("canoe-401x599.jpg")]
    [InlineData("tower-grey-progressive.jpg")]
    [InlineData("kodim23-768x512.png")]
    public void Read_Region_EqualsThatPartOfTheWhole(string photo)
    {
        var random = new Random(17);
        foreach (var wanted in (int[])[JpegScale.Full, 4, 5, 2])
        {
            using var opened = Decoding.Open(TestData.Path("photos", photo));
            var eighths = opened.SupportedScale(wanted);
            var (width, height) = (JpegScale.Size(opened.StoredWidth, eighths), JpegScale.Size(opened.StoredHeight, eighths));
            var whole = UprightPixels.ReadStored(opened, eighths, new PixelRegion(0, 0, width, height));
            for (var i = 0; i < 6; i++)
            {
                var (x, y) = (random.Next(width - 1), random.Next(height - 1));
                var region = new PixelRegion(x, y, random.Next(1, width - x), random.Next(1, height - y));
                using var again = Decoding.Open(TestData.Path("photos", photo));
                var part = UprightPixels.ReadStored(again, eighths, region);

                for (var row = 0; row < region.Height; row++)
                {
                    Assert.True(
                        part.AsSpan(row * region.Width * 3, region.Width * 3).SequenceEqual(whole.AsSpan((((y + row) * width) + x) * 3, region.Width * 3)),
                        $"{photo} at {eighths}/8, {region}, row {row}");
                }
            }
        }
    }

    [Fact]
    public void Open_MoreThanMaxPixels_IsRefused()
    {
        var bytes = File.ReadAllBytes(TestData.Photo("fish.png"));

        Decoding.Decoder(limits => limits.MaxImagePixels = 720 * 720).Open(bytes, CancellationToken.None).Dispose();

        var decoder = Decoding.Decoder(limits => limits.MaxImagePixels = (720 * 720) - 1);
        Assert.Equal(ClassifierError.TooManyPixels, Assert.Throws<ClassifierException>(() => decoder.Open(bytes, CancellationToken.None)).Error);
    }

    [Fact]
    public void Open_NeedsMoreThanDecodeMemory_IsRefused()
    {
        // 16 megabytes are enough for 4 megapixels of four bytes at most.
        var png = TestImages.GreyPng(5000, 5000);
        var decoder = Decoding.Decoder(limits => limits.DecodeMemoryMB = 16);

        var failure = Assert.Throws<ClassifierException>(() => decoder.Open(png, CancellationToken.None));

        Assert.Equal(ClassifierError.TooManyPixels, failure.Error);
        Assert.Contains("16 MB are allowed", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, 65_536)]
    [InlineData(65_536, 1)]
    public void Open_SideTooLong_IsRefusedByTheHeader(int width, int height)
    {
        var png = TestImages.GreyPng(width, height);

        Assert.Equal(ClassifierError.TooManyPixels, Assert.Throws<ClassifierException>(() => Decoding.Decoder().Open(png, CancellationToken.None)).Error);
    }

    [Theory]
    [InlineData("toaster.jpg")]
    [InlineData("kitten.png")]
    public void Decode_AnyCut_IsAnErrorOfTheCaller(string photo)
    {
        var bytes = File.ReadAllBytes(TestData.Photo(photo));
        foreach (var length in Enumerable.Range(1, 60).Select(i => i * bytes.Length / 64).Concat(Enumerable.Range(8, 40)))
        {
            var failure = Assert.Throws<ClassifierException>(() => Crop224.Process(bytes[..length]));
            Assert.Equal(ClassifierError.UndecodableImage, failure.Error);
        }
    }

    [Fact]
    public void Process_ManyScansWithinTheLimit_GivesTheGrey()
        => Assert.All(Crop224.Process(TestImages.ManyScansJpeg(600, 5)), value => Assert.Equal(128, value));

    [Fact]
    public void Open_Cancelled_Throws()
        => Assert.ThrowsAny<OperationCanceledException>(
            () => Decoding.Decoder().Open(File.ReadAllBytes(TestData.Photo("fish.png")), new CancellationToken(canceled: true)));

    [Theory]
    [InlineData("toaster.jpg")]
    [InlineData("fish.png")]
    public void Read_Cancelled_Throws(string photo)
    {
        using var image = Decoding.Open(TestData.Photo(photo));

        Assert.ThrowsAny<OperationCanceledException>(
            () => Crop224.Process(image, new byte[Crop224.TensorBytes], new Stopwatch(), new CancellationToken(canceled: true)));
    }
}
