using System.Buffers.Binary;

namespace ClassifierFunctions.Imaging;

/// <summary>Reads the marker structure of a JPEG file: ITU-T T.81, annex B.</summary>
internal static class JpegMarkers
{
    private const byte StartOfScan = 0xDA;

    /// <summary>
    /// True when an end-of-image marker follows the first scan. Thumbnails inside EXIF have one too, so segments are walked, not searched;
    /// within a scan the marker cannot occur by chance, since FF bytes are stuffed there.
    /// </summary>
    public static bool HasEndOfImage(ReadOnlySpan<byte> jpeg)
    {
        var position = 2;
        while (position + 4 <= jpeg.Length && jpeg[position] == 0xFF)
        {
            var marker = jpeg[position + 1];
            if (marker == StartOfScan)
                return jpeg[position..].IndexOf((ReadOnlySpan<byte>)[0xFF, 0xD9]) >= 0;
            // 0xFF may be repeated as padding in front of a marker; every other marker here has a length.
            position += marker == 0xFF ? 1 : 2 + BinaryPrimitives.ReadUInt16BigEndian(jpeg[(position + 2)..]);
        }

        return false;
    }
}
