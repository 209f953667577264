namespace ClassifierFunctions.Imaging;

/// <summary>One direction of a resize.</summary>
/// <param name="SourceSize">Source pixels.</param>
/// <param name="Extent">
/// Length of the source that maps to the whole target. Equal to the size, but for an image decoded at n/8 of its size: its pixels are rounded up,
/// so that the last one may lie partly outside.
/// </param>
/// <param name="TargetSize">Pixels of the whole target.</param>
/// <param name="First">First target pixel that is wanted.</param>
/// <param name="Count">Number of target pixels that are wanted.</param>
/// <param name="Mirrored">The source is stored in the opposite direction.</param>
internal readonly record struct ResampleAxis(int SourceSize, double Extent, int TargetSize, int First, int Count, bool Mirrored = false);
