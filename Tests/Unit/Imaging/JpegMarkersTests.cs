using ClassifierFunctions.Imaging;
using ClassifierFunctions.Tests.Support;

namespace ClassifierFunctions.Tests.Unit.Imaging;

public sealed class JpegMarkersTests
{
    [Fact]
    public void Read_BaselineFile_IsOneScanWithEnd()
    {
        var markers = JpegMarkers.Read(File.ReadAllBytes(TestData.Photo("dog.jpg")));

        Assert.True(markers.HasEndOfImage);
        Assert.True(markers.IsOneScan);
    }

    [Fact]
    public void Read_ProgressiveGreyFile_HasSeveralScansAndTwoBytesPerSample()
    {
        var markers = JpegMarkers.Read(File.ReadAllBytes(TestData.Path("photos", "tower-grey-progressive.jpg")));

        Assert.Equal((true, false, 512 * 512 * 2), (markers.HasEndOfImage, markers.IsOneScan, markers.CoefficientBytes));
    }

    [Fact]
    public void Read_ScanOfOneComponentOfThree_IsNotOneScan()
        // SOI; SOF0 of 16 x 8 pixels with components of 2 x 1, 1 x 1 and 1 x 1 samples; SOS with one component.
        => Assert.Equal(
            new JpegMarkers(false, false, 4 * 64 * 2),
            JpegMarkers.Read(Convert.FromHexString("FFD8" + "FFC000110800080010" + "03" + "012100" + "021101" + "031101" + "FFDA0008" + "01" + "0100" + "003F00")));

    [Fact]
    public void Read_CutInScan_HasNoEndOfImage()
        => Assert.False(JpegMarkers.Read(File.ReadAllBytes(TestData.Photo("dog.jpg")).AsSpan()[..^2]).HasEndOfImage);

    [Fact]
    public void Read_MarkerOnlyInThumbnail_HasNoEndOfImage()
        // SOI, an APP1 segment of 6 bytes that holds an EOI, SOS and some scan data.
        => Assert.False(JpegMarkers.Read(Convert.FromHexString("FFD8" + "FFE10006FFD90000" + "FFDA0002" + "112233")).HasEndOfImage);

    [Theory]
    [InlineData("FFD8")]
    [InlineData("FFD8FFE1")]
    [InlineData("FFD8FFE1FFFF00")]
    [InlineData("FFD8FFFFFFFFFF")]
    [InlineData("FFD8FFC0000811")]
    public void Read_OnlyHeader_HasNothing(string hex) => Assert.Equal(default, JpegMarkers.Read(Convert.FromHexString(hex)));
}
