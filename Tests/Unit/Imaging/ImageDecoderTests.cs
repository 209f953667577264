using ClassifierFunctions.Imaging;
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
}
