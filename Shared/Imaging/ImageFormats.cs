using ClassifierFunctions.Results;

namespace ClassifierFunctions.Imaging;

/// <summary>Tells the format of an image from its first bytes; names and Content-Type are never trusted.</summary>
internal static class ImageFormats
{
    public const string Supported = "JPEG, PNG, WebP, GIF or BMP";

    /// <summary>The format whose signature <paramref name="encoded"/> begins with.</summary>
    /// <exception cref="ClassifierException">No bytes, or another content.</exception>
    public static ImageFormat Detect(ReadOnlySpan<byte> encoded)
    {
        if (encoded.IsEmpty)
            throw new ClassifierException(ClassifierError.EmptyImage, $"The image has no bytes. Send the bytes of a {Supported} file.");
        if (encoded.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]))
            return ImageFormat.Jpeg;
        if (encoded.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]))
            return ImageFormat.Png;
        if (encoded.Length >= 12 && encoded.StartsWith("RIFF"u8) && encoded[8..].StartsWith("WEBP"u8))
            return ImageFormat.WebP;
        if (encoded.StartsWith("GIF87a"u8) || encoded.StartsWith("GIF89a"u8))
            return ImageFormat.Gif;
        if (encoded.StartsWith("BM"u8))
            return ImageFormat.Bmp;
        throw new ClassifierException(ClassifierError.UnsupportedImage, $"The content is not an image that can be read. Send a {Supported} file.");
    }

    /// <summary>The name that answers use.</summary>
    public static string Name(ImageFormat format) => format switch
    {
        ImageFormat.Jpeg => "jpeg",
        ImageFormat.Png => "png",
        ImageFormat.WebP => "webp",
        ImageFormat.Gif => "gif",
        ImageFormat.Bmp => "bmp",
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, null),
    };
}
