using ClassifierFunctions.Imaging;
using ClassifierFunctions.Results;

namespace ClassifierFunctions.Tests.Unit.Imaging;

public sealed class ImageFormatsTests
{
    [Theory]
    [InlineData("FFD8FFE000104A46", ImageFormat.Jpeg)]
    [InlineData("89504E470D0A1A0A00", ImageFormat.Png)]
    [InlineData("524946460000000057454250", ImageFormat.WebP)]
    [InlineData("474946383961", ImageFormat.Gif)]
    [InlineData("474946383761", ImageFormat.Gif)]
    [InlineData("424D0000", ImageFormat.Bmp)]
    public void Detect_Signature_GivesFormat(string hex, ImageFormat expected)
        => Assert.Equal(expected, ImageFormats.Detect(Convert.FromHexString(hex)));

    [Theory]
    [InlineData("", ClassifierError.EmptyImage)]
    [InlineData("FFD8", ClassifierError.UnsupportedImage)]
    [InlineData("89504E47", ClassifierError.UnsupportedImage)]
    [InlineData("5249464600000000574156", ClassifierError.UnsupportedImage)]
    [InlineData("49492A00", ClassifierError.UnsupportedImage)]
    [InlineData("255044462D", ClassifierError.UnsupportedImage)]
    public void Detect_OtherContent_IsRefused(string hex, ClassifierError expected)
        => Assert.Equal(expected, Assert.Throws<ClassifierException>(() => ImageFormats.Detect(Convert.FromHexString(hex))).Error);
}
