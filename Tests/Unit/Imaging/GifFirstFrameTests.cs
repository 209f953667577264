using ClassifierFunctions.Imaging;

namespace ClassifierFunctions.Tests.Unit.Imaging;

/// <summary>Blocks by the GIF89a specification.</summary>
public sealed class GifFirstFrameTests
{
    // 8 x 6 pixels with a palette of two colours, and without one.
    private const string Header = "474946383961" + "08000600" + "80" + "0000" + "0A0B0C" + "141516";
    private const string HeaderWithoutPalette = "474946383961" + "08000600" + "00" + "0000";

    // A graphic control: its flags lie 3 bytes from its beginning. Disposal 2 and transparency, index 1.
    private const string Transparent = "21F904" + "09" + "0A00" + "01" + "00";
    private const string Opaque = "21F904" + "08" + "0A00" + "01" + "00";

    // At (2, 1), 3 x 4 pixels; without and with a palette of four colours.
    private const string Frame = "2C" + "02000100" + "03000400" + "00";
    private const string FrameWithPalette = "2C" + "02000100" + "03000400" + "81" + "010203" + "040506" + "070809" + "0A0B0C";

    private const string Netscape = "21FF0B" + "4E45545343415045322E30" + "03010000" + "00";
    private const string Comment = "21FE" + "0221F9" + "0109" + "00";

    private static readonly PixelRegion Area = new(2, 1, 3, 4);

    [Theory]
    [InlineData(Header + Frame, new byte[] { 10, 11, 12 })]
    [InlineData(Header + Opaque + Frame, new byte[] { 10, 11, 12 })]
    [InlineData(Header + FrameWithPalette, new byte[] { 1, 2, 3 })]
    [InlineData(HeaderWithoutPalette + FrameWithPalette, new byte[] { 1, 2, 3 })]
    [InlineData(HeaderWithoutPalette + Frame, new byte[] { 0, 0, 0 })]
    public void Read_Opaque_HasNoPatchesAndTheFirstColour(string hex, byte[] background)
    {
        var frame = Read(hex)!;

        Assert.Null(frame.Opaque);
        Assert.Equal(background, frame.Background);
        Assert.Equal(Area, frame.Area);
    }

    [Theory]
    [InlineData(Header + Transparent + Frame, 19 + 3, new byte[] { 20, 21, 22 })]
    [InlineData(Header + Transparent + FrameWithPalette, 19 + 3, new byte[] { 4, 5, 6 })]
    [InlineData(Header + Netscape + Comment + Transparent + Frame, 19 + 19 + 8 + 3, new byte[] { 20, 21, 22 })]
    [InlineData(HeaderWithoutPalette + Transparent + Frame, 13 + 3, new byte[] { 0, 0, 0 })]
    public void Read_Transparent_ClearsThatFlagOnlyAndPaintsItsColour(string hex, int flagsAt, byte[] background)
    {
        var frame = Read(hex)!;

        Assert.Equal(new BytePatch(flagsAt, 0x08), frame.Opaque);
        Assert.Equal(background, frame.Background);
        Assert.Equal(Area, frame.Area);
    }

    [Fact]
    public void Read_LaterFrames_AreLeftAlone()
        => Assert.Null(Read(Header + Frame + "02" + "0144" + "00" + Transparent + Frame)!.Opaque);

    [Theory]
    [InlineData("")]
    [InlineData("474946383961")]
    [InlineData(Header)]
    [InlineData(Header + "3B")]
    [InlineData(Header + Transparent)]
    [InlineData(Header + "2C02000100030004")]
    [InlineData(Header + "21FEFF00")]
    [InlineData("474946383961" + "08000600" + "87" + "0000" + "0A0B0C")]
    public void Read_EndsBeforeAFrame_GivesNull(string hex) => Assert.Null(Read(hex));

    [Fact]
    public void Read_CutsAndRandomChanges_NeverThrow()
    {
        var good = Convert.FromHexString(Header + Netscape + Transparent + FrameWithPalette);
        for (var length = 0; length < good.Length; length++)
            Paint(GifFirstFrame.Read(good.AsSpan()[..length]));

        var random = new Random(1);
        for (var i = 0; i < 50_000; i++)
        {
            byte[] changed = [.. good];
            for (var n = random.Next(1, 6); n > 0; n--)
                changed[random.Next(changed.Length)] = (byte)random.Next(256);
            var frame = GifFirstFrame.Read(changed);
            Paint(frame);
            if (frame?.Opaque is { } patch)
                Assert.Equal(changed[patch.Offset] & ~1, patch.Value);
        }

        static void Paint(GifFirstFrame? frame)
        {
            for (var y = 0; y < 6; y++)
                frame?.FillAround(new byte[8 * 4], y, 8);
        }
    }

    [Theory]
    [InlineData(0, "########")]
    [InlineData(1, "##...###")]
    [InlineData(4, "##...###")]
    [InlineData(5, "########")]
    public void FillAround_Row_PaintsWhatTheFrameLeaves(int y, string expected) => Assert.Equal(expected, Painted(new GifFirstFrame(Area, [10, 11, 12], null), y));

    [Theory]
    [InlineData(0, 0, 8, 6, "........")]
    [InlineData(5, 0, 9, 6, "#####...")]
    [InlineData(9, 0, 3, 6, "########")]
    [InlineData(0, 0, 0, 6, "########")]
    [InlineData(0, 0, 65_535, 65_535, "........")]
    public void FillAround_FrameAtOrBeyondAnEdge_StaysWithinTheRow(int x, int y, int width, int height, string expected)
        => Assert.Equal(expected, Painted(new GifFirstFrame(new PixelRegion(x, y, width, height), [10, 11, 12], null), 3));

    private static string Painted(GifFirstFrame frame, int y)
    {
        var row = new byte[8 * 4];
        frame.FillAround(row, y, 8);
        return string.Concat(row.Chunk(4).Select(pixel => pixel switch { [10, 11, 12, _] => '#', [0, 0, 0, _] => '.', _ => '?' }));
    }

    private static GifFirstFrame? Read(string hex) => GifFirstFrame.Read(Convert.FromHexString(hex));
}
