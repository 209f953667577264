using System.Buffers.Binary;

namespace ClassifierFunctions.Imaging;

/// <summary>Reads one tag of EXIF data: a TIFF header and its first directory (EXIF 2.3 specification, sections 4.5 and 4.6).</summary>
internal static class ExifOrientation
{
    private const int Tag = 0x0112;
    private const int EntryBytes = 12;

    /// <summary>The orientation, or null when there is none.</summary>
    public static int? Read(ReadOnlySpan<byte> exif)
    {
        if (exif.StartsWith("Exif\0\0"u8))
            exif = exif[6..];
        var bigEndian = exif.StartsWith("MM\0*"u8);
        if (exif.Length < 8 || !(bigEndian || exif.StartsWith("II*\0"u8)))
            return null;
        var directory = bigEndian ? BinaryPrimitives.ReadUInt32BigEndian(exif[4..]) : BinaryPrimitives.ReadUInt32LittleEndian(exif[4..]);
        if (directory > exif.Length - 2)
            return null;
        var entries = Short(exif[(int)directory..], bigEndian);
        var rest = exif[((int)directory + 2)..];
        for (; entries > 0 && rest.Length >= EntryBytes; entries--, rest = rest[EntryBytes..])
        {
            if (Short(rest, bigEndian) == Tag)
                return Short(rest[8..], bigEndian) is >= 1 and <= 8 and var orientation ? orientation : null;
        }

        return null;
    }

    private static int Short(ReadOnlySpan<byte> bytes, bool bigEndian)
        => bigEndian ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : BinaryPrimitives.ReadUInt16LittleEndian(bytes);
}
