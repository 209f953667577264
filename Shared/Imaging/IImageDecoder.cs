using ClassifierFunctions.Results;

namespace ClassifierFunctions.Imaging;

/// <summary>Reads encoded images, whichever codec does it.</summary>
public interface IImageDecoder
{
    /// <summary>
    /// Reads the header of a JPEG, PNG, WebP, GIF or BMP file. Of an animation the first frame counts. Alpha is dropped and ICC profiles are
    /// ignored, as Pillow's <c>convert("RGB")</c> does; EXIF orientation is honoured.
    /// </summary>
    /// <param name="encoded">The file's bytes, unchanged until the image is disposed.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <returns>The image, to be disposed by the caller.</returns>
    /// <exception cref="ClassifierException">Empty, of another format, too many pixels, too much memory needed, or a damaged header.</exception>
    EncodedImage Open(ReadOnlyMemory<byte> encoded, CancellationToken cancellationToken);
}
