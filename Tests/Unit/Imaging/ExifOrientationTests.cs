using ClassifierFunctions.Imaging;
using ClassifierFunctions.Tests.Support;

namespace ClassifierFunctions.Tests.Unit.Imaging;

public sealed class ExifOrientationTests
{
    private const string Header = "4D4D002A00000008";
    private const string SixEntry = "011200030000000100060000";
    private const string WidthEntry = "010000030000000100080000";

    public static TheoryData<int, bool> Orientations
    {
        get
        {
            var orientations = new TheoryData<int, bool>();
            for (var value = 1; value <= 8; value++)
            {
                orientations.Add(value, true);
                orientations.Add(value, false);
            }

            return orientations;
        }
    }

    [Theory]
    [MemberData(nameof(Orientations))]
    public void Read_EitherByteOrder_GivesTheOrientation(int value, bool bigEndian)
    {
        var exif = ExifData.Orientation(value, bigEndian);

        Assert.Equal(value, ExifOrientation.Read(exif));
        Assert.Equal(value, ExifOrientation.Read([.. "Exif\0\0"u8, .. exif]));
    }

    [Theory]
    [InlineData(Header + "0002" + WidthEntry + SixEntry)]
    [InlineData(Header + "0001" + SixEntry)]
    // More entries announced than there are.
    [InlineData(Header + "FFFF" + SixEntry)]
    // The directory lies at 12.
    [InlineData("4D4D002A0000000C" + "AAAAAAAA" + "0001" + SixEntry)]
    public void Read_AnywhereInTheFirstDirectory_IsFound(string hex) => Assert.Equal(6, ExifOrientation.Read(Convert.FromHexString(hex)));

    [Theory]
    [InlineData("")]
    [InlineData("457869660000")]
    [InlineData("4D4D002A")]
    [InlineData("4D4D2A0000000008" + "0001" + SixEntry)]
    [InlineData("5858002A00000008" + "0001" + SixEntry)]
    // Not among the announced entries, or cut off.
    [InlineData(Header + "0000" + SixEntry)]
    [InlineData(Header + "0001" + WidthEntry + SixEntry)]
    [InlineData(Header + "0001" + "0112000300000001000600")]
    // Directories at the end, behind it, and where an int becomes negative.
    [InlineData("4D4D002A00000008")]
    [InlineData("4D4D002A0000000900")]
    [InlineData("4D4D002A000000FF" + "0001" + SixEntry)]
    [InlineData("4D4D002AFFFFFFFF" + "0001" + SixEntry)]
    [InlineData("4D4D002A80000000" + "0001" + SixEntry)]
    // No orientation has these numbers.
    [InlineData(Header + "0001" + "011200030000000100000000")]
    [InlineData(Header + "0001" + "011200030000000100090000")]
    [InlineData(Header + "0001" + "0112000300000001FFFF0000")]
    public void Read_NoneOrDamaged_GivesNull(string hex) => Assert.Null(ExifOrientation.Read(Convert.FromHexString(hex)));

    [Fact]
    public void Read_RandomBytes_NeverThrows()
    {
        var random = new Random(1);
        for (var i = 0; i < 100_000; i++)
        {
            var bytes = new byte[random.Next(60)];
            random.NextBytes(bytes);
            // Half of them with a header that leads into the bytes.
            if (i % 2 == 0)
                (i % 4 == 0 ? "MM\0*\0\0\0"u8 : "II*\0"u8)[..Math.Min(bytes.Length, i % 4 == 0 ? 7 : 4)].CopyTo(bytes);

            Assert.True(ExifOrientation.Read(bytes) is null or (>= 1 and <= 8), Convert.ToHexString(bytes));
        }
    }

    [Fact]
    public void Read_EveryCutAndChangedByte_NeverThrows()
    {
        foreach (var bigEndian in (bool[])[true, false])
        {
            var exif = ExifData.Orientation(6, bigEndian);
            for (var at = 0; at < exif.Length; at++)
            {
                Assert.True(ExifOrientation.Read(exif.AsSpan()[..at]) is null or 6);
                for (var value = 0; value < 256; value++)
                {
                    byte[] changed = [.. exif];
                    changed[at] = (byte)value;
                    Assert.True(ExifOrientation.Read(changed) is null or (>= 1 and <= 8));
                }
            }
        }
    }
}
