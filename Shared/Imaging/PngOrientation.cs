using System.Globalization;
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
    private const int MaxTextBytes = 256 * 1024;

    // A file may hold thousands of such bombs: all that are read are the first few texts.
    private const int MaxTexts = 8;

    private const string RawProfile = "Raw profile type exif";
    private const string Xmp = "XML:com.adobe.xmp";

    /// <summary>1 to 8; 1 when there is none.</summary>
    public static int Read(ReadOnlySpan<byte> png)
    {
        int? exif = null, raw = null, xmp = null;
        var texts = 0;
        var chunks = new PngChunks(png);
        while (chunks.MoveNext())
        {
            if (chunks.Type.SequenceEqual("eXIf"u8))
            {
                exif ??= ExifOrientation.Read(chunks.Data);
            }
            else if (texts < MaxTexts && Text(ref chunks) is { } text)
            {
                texts++;
                if (text.Keyword == RawProfile)
                    raw ??= FromRawProfile(text.Value);
                else
                    xmp ??= XmpOrientation().Match(text.Value) is { Success: true } match ? match.Groups[1].Value[0] - '0' : null;
            }
        }

        return exif ?? raw ?? xmp ?? 1;
    }

    // The text of the chunks that may hold an orientation: keyword, 0, then what the chunk's type says.
    private static (string Keyword, string Value)? Text(ref PngChunks chunks)
    {
        var isInternational = chunks.Type.SequenceEqual("iTXt"u8);
        var isCompressed = chunks.Type.SequenceEqual("zTXt"u8);
        if (!isInternational && !isCompressed && !chunks.Type.SequenceEqual("tEXt"u8))
            return null;
        var data = chunks.Data;
        var keywordEnd = data.IndexOf((byte)0);
        var keyword = keywordEnd < 0 ? null : Encoding.Latin1.GetString(data[..keywordEnd]);
        if (keyword is not (RawProfile or Xmp))
            return null;

        var value = data[(keywordEnd + 1)..];
        if (isInternational)
        {
            // Compression flag and method, language, 0, translated keyword, 0.
            if (value.Length < 2)
                return null;
            isCompressed = value[0] == 1;
            value = value[2..];
            for (var skipped = 0; skipped < 2; skipped++)
                value = value[(value.IndexOf((byte)0) + 1)..];
        }
        else if (isCompressed)
        {
            value = value.IsEmpty ? value : value[1..];
        }

        return (keyword, isCompressed ? Inflate(value) : Encoding.Latin1.GetString(value[..Math.Min(value.Length, MaxTextBytes)]));
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
    private static int? FromRawProfile(string text)
    {
        var digits = string.Concat(text.Split('\n').Skip(3)).Trim();
        try
        {
            return ExifOrientation.Read(Convert.FromHexString(digits));
        }
        catch (FormatException)
        {
            return null;
        }
    }

    [GeneratedRegex("tiff:Orientation(?:=\"|>)([1-8])", RegexOptions.CultureInvariant)]
    private static partial Regex XmpOrientation();
}
