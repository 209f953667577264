using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;

namespace ClassifierFunctions.Imaging;

/// <summary>
/// EXIF orientation of a PNG file, which codecs do not tell. As Pillow looks for it: the eXIf chunk, ImageMagick's "Raw profile type exif" text, and
/// only then XMP.
/// </summary>
internal static partial class PngOrientation
{
    // An orientation needs a few bytes; compressed text may be a bomb.
    private const int MaxTextBytes = 32 * 1024;

    private const string RawProfile = "Raw profile type exif";
    private const string Xmp = "XML:com.adobe.xmp";

    /// <summary>1 to 8; 1 when there is none.</summary>
    public static int Read(ReadOnlySpan<byte> png)
    {
        int? exif = null;
        string? raw = null, xmp = null;
        var chunks = new PngChunks(png);
        while (chunks.MoveNext())
        {
            // Only the first of each: a file may have as many as it has room for.
            if (chunks.Type.SequenceEqual("eXIf"u8))
                exif ??= ExifOrientation.Read(chunks.Data);
            else if (Keyword(ref chunks) is RawProfile)
                raw ??= Text(ref chunks);
            else if (Keyword(ref chunks) is Xmp)
                xmp ??= Text(ref chunks);
        }

        return exif ?? FromRawProfile(raw) ?? FromXmp(xmp) ?? 1;
    }

    private static string? Keyword(ref PngChunks chunks)
    {
        if (!chunks.Type.SequenceEqual("tEXt"u8) && !chunks.Type.SequenceEqual("zTXt"u8) && !chunks.Type.SequenceEqual("iTXt"u8))
            return null;
        return chunks.Data.StartsWith("Raw profile type exif\0"u8) ? RawProfile : chunks.Data.StartsWith("XML:com.adobe.xmp\0"u8) ? Xmp : null;
    }

    // Behind the keyword and its 0 stands what the chunk's type says.
    private static string Text(ref PngChunks chunks)
    {
        var isCompressed = chunks.Type.SequenceEqual("zTXt"u8);
        var value = chunks.Data[(chunks.Data.IndexOf((byte)0) + 1)..];
        if (isCompressed)
        {
            value = value.IsEmpty ? value : value[1..];
        }
        else if (chunks.Type.SequenceEqual("iTXt"u8))
        {
            // Compression flag and method, language, 0, translated keyword, 0.
            isCompressed = value is [1, ..];
            value = value[Math.Min(2, value.Length)..];
            for (var skipped = 0; skipped < 2; skipped++)
                value = value[(value.IndexOf((byte)0) + 1)..];
        }

        value = value[..Math.Min(value.Length, MaxTextBytes)];
        return isCompressed ? Inflate(value) : Encoding.Latin1.GetString(value);
    }

    private static string Inflate(ReadOnlySpan<byte> compressed)
    {
        try
        {
            using var zlib = new ZLibStream(new MemoryStream(compressed.ToArray()), CompressionMode.Decompress);
            var text = new byte[MaxTextBytes];
            return Encoding.Latin1.GetString(text, 0, zlib.ReadAtLeast(text, text.Length, throwOnEndOfStream: false));
        }
        // IOException: data that want a dictionary.
        catch (Exception failure) when (failure is InvalidDataException or IOException)
        {
            return "";
        }
    }

    // Three lines (empty, name, length), then hexadecimal lines.
    private static int? FromRawProfile(string? text)
    {
        var digits = string.Concat((text ?? "").Split('\n').Skip(3)).Trim();
        var exif = new byte[digits.Length / 2];
        // What is cut off, or is no hexadecimal, ends the profile: the orientation stands at its beginning.
        Convert.FromHexString(digits.AsSpan(0, exif.Length * 2), exif, out _, out var written);
        return ExifOrientation.Read(exif.AsSpan(0, written));
    }

    private static int? FromXmp(string? text) => XmpOrientation().Match(text ?? "") is { Success: true } match ? match.Groups[1].Value[0] - '0' : null;

    [GeneratedRegex("tiff:Orientation(?:=\"|>)([1-8])", RegexOptions.CultureInvariant)]
    private static partial Regex XmpOrientation();
}
