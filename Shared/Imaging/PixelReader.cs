namespace ClassifierFunctions.Imaging;

/// <summary>Gives the rows of a region of an image, from the first to the last.</summary>
internal abstract class PixelReader : IDisposable
{
    /// <summary>Bytes per pixel: 1 (grey), or 4 (R G B and one that means nothing).</summary>
    public abstract int Channels { get; }

    /// <summary>Decodes the next rows, as many as suit the codec.</summary>
    /// <returns>No rows after the region's last one.</returns>
    /// <exception cref="Results.ClassifierException">The content is damaged, cut off, or takes too long.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public abstract PixelRows Read();

    public abstract void Dispose();
}
