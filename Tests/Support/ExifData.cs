namespace ClassifierFunctions.Tests.Support;

/// <summary>EXIF data of one tag (EXIF 2.3, sections 4.5 and 4.6).</summary>
internal static class ExifData
{
    /// <summary>TIFF header, and a directory of an orientation.</summary>
    public static byte[] Orientation(int value, bool bigEndian = true) => Convert.FromHexString(bigEndian
        ? $"4D4D002A00000008" + "0001" + $"0112000300000001{value:X4}0000" + "00000000"
        : $"49492A0008000000" + "0100" + $"1201030001000000{value:X2}000000" + "00000000");
}
