using ClassifierFunctions.Training.Degradations;

namespace ClassifierFunctions.Tests.Training.Degradations;

public sealed class ImageFileTests
{
    private static readonly byte[] PngSignature = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    [Fact]
    public void Encode_NoSteps_IsAPngOfTheSamePixels()
    {
        var image = Pictures.Random(33, 21, seed: 1);
        var file = ImageFile.Encode(image, []);
        Assert.Equal(PngSignature, file[..8]);
        var decoded = Pictures.Decode(file);
        Assert.Equal((33, 21), (decoded.Width, decoded.Height));
        Assert.Equal(image.Pixels, decoded.Pixels);
    }

    [Theory]
    [InlineData(true, 0x22)]
    [InlineData(false, 0x11)]
    public void Encode_OneStep_IsAJpegOfTheAskedSampling(bool halvesColour, byte sampling)
    {
        var image = Pictures.Waves(51, 34);
        var file = ImageFile.Encode(image, [new Compression(95, halvesColour)]);
        Assert.Equal([0xFF, 0xD8], file[..2]);
        // Start of frame: length (2), precision, height (2), width (2), components, then the first one's id and sampling.
        var frame = file.AsSpan().IndexOf([(byte)0xFF, (byte)0xC0]);
        Assert.Equal(sampling, file[frame + 11]);
        var decoded = Pictures.Decode(file);
        Assert.Equal((51, 34), (decoded.Width, decoded.Height));
        Assert.InRange(image.Pixels.Zip(decoded.Pixels, (a, b) => Math.Abs(a - b)).Average(), 0, 6);
    }

    [Fact]
    public void Encode_LowerQuality_IsSmallerAndFartherFromTheOriginal()
    {
        var image = Pictures.Waves(128, 96);
        var files = ((int[])[95, 70, 30]).Select(quality => ImageFile.Encode(image, [new Compression(quality, true)])).ToArray();
        Assert.True(files[0].Length > files[1].Length && files[1].Length > files[2].Length);
        double Error(byte[] file) => image.Pixels.Zip(Pictures.Decode(file).Pixels, (a, b) => Math.Abs(a - b)).Average();
        Assert.True(Error(files[0]) < Error(files[2]));
    }

    [Fact]
    public void Encode_TwoSteps_IsTheSecondOnTheFirstDecoded()
    {
        var image = Pictures.Waves(64, 48);
        var (first, second) = (new Compression(40, true), new Compression(90, false));
        var once = Pictures.Decode(ImageFile.Encode(image, [first]));
        var twice = Pictures.Decode(ImageFile.Encode(image, [first, second]));
        // Pixels, not bytes: a decoded file's colour profile goes along into the second one.
        Assert.Equal(Pictures.Decode(ImageFile.Encode(once, [second])).Pixels, twice.Pixels);
        Assert.NotEqual(Pictures.Decode(ImageFile.Encode(image, [second])).Pixels, twice.Pixels);
    }
}
