namespace ClassifierFunctions.Imaging;

/// <summary>An image whose header has been read and accepted, and whose pixels are still to be decoded.</summary>
public abstract class EncodedImage : IDisposable
{
    /// <param name="format">The content's format.</param>
    /// <param name="storedWidth">Pixels of a stored row.</param>
    /// <param name="storedHeight">Stored rows.</param>
    /// <param name="orientation">EXIF orientation, 1 to 8; anything else counts as 1.</param>
    private protected EncodedImage(ImageFormat format, int storedWidth, int storedHeight, int orientation)
    {
        Format = format;
        StoredWidth = storedWidth;
        StoredHeight = storedHeight;
        Orientation = orientation is >= 1 and <= 8 ? orientation : 1;
    }

    public ImageFormat Format { get; }

    /// <summary>Width of the upright picture, pixels.</summary>
    public int Width => LiesOnSide ? StoredHeight : StoredWidth;

    /// <summary>Height of the upright picture, pixels.</summary>
    public int Height => LiesOnSide ? StoredWidth : StoredHeight;

    /// <summary>Most bytes that decoding the image takes at a time, beside the encoded bytes.</summary>
    public abstract long WorkingBytes { get; }

    /// <summary>EXIF orientation, tag 0x0112 of the EXIF specification: how stored pixels become the upright picture.</summary>
    internal int Orientation { get; }

    internal int StoredWidth { get; }

    internal int StoredHeight { get; }

    /// <summary>The stored rows are columns of the upright picture.</summary>
    internal bool LiesOnSide => Orientation >= 5;

    /// <summary>The upright picture's columns run against the stored direction that becomes them.</summary>
    internal bool MirroredX => Orientation is 2 or 3 or 6 or 7;

    /// <summary>The upright picture's rows run against the stored direction that becomes them.</summary>
    internal bool MirroredY => Orientation is 3 or 4 or 7 or 8;

    /// <summary>The nearest scale to decode at that the codec has and that is not below <paramref name="eighths"/>.</summary>
    internal abstract int SupportedScale(int eighths);

    /// <summary>Begins to decode.</summary>
    /// <param name="eighths">A scale that <see cref="SupportedScale"/> gave.</param>
    /// <param name="region">The part that is wanted, in pixels of the stored image at that scale.</param>
    /// <param name="cancellationToken">Stops the decode.</param>
    /// <exception cref="Results.ClassifierException">The content is damaged, cut off, or takes too long.</exception>
    internal abstract PixelReader Read(int eighths, PixelRegion region, CancellationToken cancellationToken);

    public abstract void Dispose();
}
