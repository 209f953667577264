using ClassifierFunctions.Imaging;
using ClassifierFunctions.Tests.Support;

namespace ClassifierFunctions.Tests.Unit.Imaging;

public sealed class JpegMarkersTests
{
    // SOF0 of 8 x 8 pixels with one component, and the SOS of its scan.
    private const string Grey8X8 = "FFC0000B080008000801011100" + "FFDA000801010000" + "3F00";

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

        Assert.Equal(new JpegMarkers(true, false, 512, 512, 512 * 512 * 2), markers);
    }

    [Fact]
    public void Read_ScanOfOneComponentOfThree_IsNotOneScan()
        // SOI; SOF0 of 16 x 8 pixels with components of 2 x 1, 1 x 1 and 1 x 1 samples; SOS with one component.
        => Assert.Equal(
            new JpegMarkers(false, false, 16, 8, 4 * 64 * 2),
            JpegMarkers.Read(Convert.FromHexString("FFD8" + "FFC000110800080010" + "03" + "012100" + "021101" + "031101" + "FFDA0008" + "01" + "0100" + "003F00")));

    [Fact]
    public void Read_CutInScan_HasNoEndOfImage()
        => Assert.False(JpegMarkers.Read(File.ReadAllBytes(TestData.Photo("dog.jpg")).AsSpan()[..^2]).HasEndOfImage);

    [Fact]
    public void Read_MarkerOnlyInThumbnail_HasNoEndOfImage()
        // SOI, an APP1 segment of 6 bytes that holds an EOI, SOS and some scan data.
        => Assert.False(JpegMarkers.Read(Convert.FromHexString("FFD8" + "FFE10006FFD90000" + Grey8X8 + "112233")).HasEndOfImage);

    [Theory]
    [InlineData("FFD8" + Grey8X8 + "1122FFD9", true)]
    [InlineData("FFD8FF" + Grey8X8 + "1122FFD9", true)]
    // What decoders may skip, or read in their own ways: garbage between segments, markers without a length, two frames, a segment of no length.
    [InlineData("FFD800" + Grey8X8 + "1122FFD9", false)]
    [InlineData("FFD8FF010004FFFE" + Grey8X8 + "1122FFD9", false)]
    [InlineData("FFD8FFD70004FFFE" + Grey8X8 + "1122FFD9", false)]
    [InlineData("FFD8FFE00000" + Grey8X8 + "1122FFD9", false)]
    [InlineData("FFD8FFC2000B080008000801011100" + Grey8X8 + "1122FFD9", false)]
    public void Read_DoubtfulStructure_TellsNothing(string hex, bool isClear)
        => Assert.Equal(isClear ? new JpegMarkers(true, true, 8, 8, 128) : default, JpegMarkers.Read(Convert.FromHexString(hex)));

    [Theory]
    [InlineData("FFD8")]
    [InlineData("FFD8FFE1")]
    [InlineData("FFD8FFE1FFFF00")]
    [InlineData("FFD8FFFFFFFFFF")]
    [InlineData("FFD8FFC0000811")]
    public void Read_OnlyHeader_HasNothing(string hex) => Assert.Equal(default, JpegMarkers.Read(Convert.FromHexString(hex)));
}
