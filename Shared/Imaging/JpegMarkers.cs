using System.Buffers.Binary;

namespace ClassifierFunctions.Imaging;

/// <summary>What the marker structure of a JPEG file tells before anything is decoded: ITU-T T.81, annex B.</summary>
/// <param name="HasEndOfImage">
/// An end-of-image marker follows the first scan. Thumbnails inside EXIF have one too, so segments are walked, not searched; within a scan the
/// marker cannot occur by chance, since FF bytes are stuffed there.
/// </param>
/// <param name="IsOneScan">All components come in one sequential scan, so that rows can be decoded as they are read.</param>
/// <param name="Width">Pixels, as the one start-of-frame marker says.</param>
/// <param name="Height">Pixels, as the one start-of-frame marker says.</param>
/// <param name="CoefficientBytes">What a decoder keeps of the whole image when there are several scans: two bytes per sample.</param>
internal readonly record struct JpegMarkers(bool HasEndOfImage, bool IsOneScan, int Width, int Height, long CoefficientBytes)
{
    private const byte StartOfScan = 0xDA;

    /// <summary>
    /// Nothing at all (<c>default</c>) of a file that is not as the standard wants it up to its first scan: decoders differ in what they skip, so that
    /// they might see another image in it.
    /// </summary>
    public static JpegMarkers Read(ReadOnlySpan<byte> jpeg)
    {
        var (markers, components, progressive) = (default(JpegMarkers), 0, false);
        var position = 2;
        while (position + 4 <= jpeg.Length && jpeg[position] == 0xFF)
        {
            var marker = jpeg[position + 1];
            // 0xFF may be repeated as padding in front of a marker.
            if (marker == 0xFF)
            {
                position++;
                continue;
            }

            // Markers without a length have no place here: 00 and 01, and restarts, start and end of image (D0 to D9).
            var length = BinaryPrimitives.ReadUInt16BigEndian(jpeg[(position + 2)..]);
            if (marker is 0x00 or 0x01 or (>= 0xD0 and <= 0xD9) || length < 2 || position + 2 + length > jpeg.Length)
                return default;
            var segment = jpeg.Slice(position + 4, length - 2);
            position += 2 + length;
            if (marker == StartOfScan)
            {
                var hasEnd = jpeg[position..].LastIndexOf((ReadOnlySpan<byte>)[0xFF, 0xD9]) >= 0;
                var isOneScan = !progressive && !segment.IsEmpty && segment[0] == components;
                return components == 0 ? default : markers with { HasEndOfImage = hasEnd, IsOneScan = isOneScan };
            }

            // Start of frame: C0 to CF without tables (C4), reserved (C8) and arithmetic conditioning (CC). There is one.
            if (marker is not (>= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC)))
                continue;
            if (components != 0 || segment.Length < 6 || segment[5] == 0 || segment.Length < 6 + (segment[5] * 3))
                return default;
            (markers, components, progressive) = (Frame(segment), segment[5], marker is 0xC2 or 0xC6 or 0xCA or 0xCE);
        }

        return default;
    }

    private static JpegMarkers Frame(ReadOnlySpan<byte> frame)
    {
        var (height, width) = (BinaryPrimitives.ReadUInt16BigEndian(frame[1..]), BinaryPrimitives.ReadUInt16BigEndian(frame[3..]));
        var (samplesPerUnit, maxH, maxV) = (0, 1, 1);
        for (var c = 0; c < frame[5]; c++)
        {
            var (h, v) = (frame[7 + (c * 3)] >> 4, frame[7 + (c * 3)] & 15);
            samplesPerUnit += h * v;
            (maxH, maxV) = (Math.Max(maxH, h), Math.Max(maxV, v));
        }

        // Rows and columns are filled up to whole units of 8 samples times the sampling factor.
        var units = (long)((width + (8 * maxH) - 1) / (8 * maxH)) * ((height + (8 * maxV) - 1) / (8 * maxV));
        return new JpegMarkers(false, false, width, height, units * samplesPerUnit * 64 * sizeof(short));
    }
}
