using ClassifierFunctions.Imaging;
using ClassifierFunctions.Tests.Support;

namespace ClassifierFunctions.Tests.Unit.Imaging;

public sealed class JpegMarkersTests
{
    [Fact]
    public void HasEndOfImage_WholeFile_IsTrue()
        => Assert.True(JpegMarkers.HasEndOfImage(File.ReadAllBytes(TestData.Photo("dog.jpg"))));

    [Fact]
    public void HasEndOfImage_CutInScan_IsFalse()
        => Assert.False(JpegMarkers.HasEndOfImage(File.ReadAllBytes(TestData.Photo("dog.jpg")).AsSpan()[..^2]));

    [Fact]
    public void HasEndOfImage_MarkerOnlyInThumbnail_IsFalse()
        // SOI, an APP1 segment of 6 bytes that holds an EOI, SOS and some scan data.
        => Assert.False(JpegMarkers.HasEndOfImage(Convert.FromHexString("FFD8" + "FFE10006FFD90000" + "FFDA0002" + "112233")));

    [Theory]
    [InlineData("FFD8")]
    [InlineData("FFD8FFE1")]
    [InlineData("FFD8FFE1FFFF00")]
    [InlineData("FFD8FFFFFFFFFF")]
    public void HasEndOfImage_OnlyHeader_IsFalse(string hex) => Assert.False(JpegMarkers.HasEndOfImage(Convert.FromHexString(hex)));
}
