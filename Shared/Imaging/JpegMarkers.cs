using System.Buffers.Binary;

namespace ClassifierFunctions.Imaging;

/// <summary>What the marker structure of a JPEG file tells before anything is decoded: ITU-T T.81, annex B.</summary>
/// <param name="HasEndOfImage">
/// An end-of-image marker follows the first scan. Thumbnails inside EXIF have one too, so segments are walked, not searched; within a scan the
/// marker cannot occur by chance, since FF bytes are stuffed there.
/// </param>
/// <param name="IsOneScan">All components come in one sequential scan, so that rows can be decoded as they are read.</param>
/// <param name="CoefficientBytes">What a decoder keeps of the whole image when there are several scans: two bytes per sample.</param>
internal readonly record struct JpegMarkers(bool HasEndOfImage, bool IsOneScan, long CoefficientBytes)
{
    private const byte StartOfScan = 0xDA;

    public static JpegMarkers Read(ReadOnlySpan<byte> jpeg)
    {
        var (components, progressive, coefficients) = (0, false, 0L);
        var position = 2;
        while (position + 4 <= jpeg.Length && jpeg[position] == 0xFF)
        {
            var marker = jpeg[position + 1];
            // 0xFF may be repeated as padding in front of a marker; every other marker here has a length.
            if (marker == 0xFF)
            {
                position++;
                continue;
            }

            var segment = jpeg[(position + 4)..];
            if (marker == StartOfScan)
            {
                var hasEnd = jpeg[position..].LastIndexOf((ReadOnlySpan<byte>)[0xFF, 0xD9]) >= 0;
                var isOneScan = !progressive && components > 0 && !segment.IsEmpty && segment[0] == components;
                return new JpegMarkers(hasEnd, isOneScan, coefficients);
            }

            // Start of frame: C0 to CF without tables (C4), reserved (C8) and arithmetic conditioning (CC).
            if (marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC))
                (components, progressive, coefficients) = Frame(segment, marker);
            position += 2 + BinaryPrimitives.ReadUInt16BigEndian(jpeg[(position + 2)..]);
        }

        return new JpegMarkers(false, false, coefficients);
    }

    private static (int Components, bool Progressive, long CoefficientBytes) Frame(ReadOnlySpan<byte> frame, byte marker)
    {
        if (frame.Length < 6 || frame.Length < 6 + (frame[5] * 3))
            return (0, false, 0);
        var (height, width, components) = (BinaryPrimitives.ReadUInt16BigEndian(frame[1..]), BinaryPrimitives.ReadUInt16BigEndian(frame[3..]), frame[5]);
        var (samplesPerUnit, maxH, maxV) = (0, 1, 1);
        for (var c = 0; c < components; c++)
        {
            var (h, v) = (frame[7 + (c * 3)] >> 4, frame[7 + (c * 3)] & 15);
            samplesPerUnit += h * v;
            (maxH, maxV) = (Math.Max(maxH, h), Math.Max(maxV, v));
        }

        // Rows and columns are filled up to whole units of 8 samples times the sampling factor.
        var units = (long)((width + (8 * maxH) - 1) / (8 * maxH)) * ((height + (8 * maxV) - 1) / (8 * maxV));
        return (components, marker is 0xC2 or 0xC6 or 0xCA or 0xCE, units * samplesPerUnit * 64 * sizeof(short));
    }
}
