using ClassifierFunctions.Results;

namespace ClassifierFunctions.Imaging;

/// <summary>Turns an encoded image into RGB bytes, whichever codec does it.</summary>
public interface IImageDecoder
{
    /// <summary>
    /// Decodes the first frame of a JPEG, PNG, WebP, GIF or BMP file. Alpha is dropped and ICC profiles are ignored, as Pillow's
    /// <c>convert("RGB")</c> does; EXIF orientation is applied.
    /// </summary>
    /// <param name="encoded">The file's bytes.</param>
    /// <param name="cancellationToken">Checked before pixels are allocated and after they are decoded.</param>
    /// <returns>The pixels, to be disposed by the caller.</returns>
    /// <exception cref="ClassifierException">Empty, of another format, too many pixels, truncated or damaged.</exception>
    DecodedImage Decode(ReadOnlyMemory<byte> encoded, CancellationToken cancellationToken);
}
