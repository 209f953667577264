namespace ClassifierFunctions.Training.Photos;

/// <summary>Originals for training, for choosing the temperature, and for the final measurement. No original is in two of them.</summary>
/// <param name="Training">Degraded copies of these are learnt from.</param>
/// <param name="Validation">Watched during training, which they do not change; the temperature is fitted to them.</param>
/// <param name="Test">Seen by nothing before the final measurement.</param>
internal sealed record PhotoSplit(IReadOnlyList<Original> Training, IReadOnlyList<Original> Validation, IReadOnlyList<Original> Test)
{
    private const double ValidationShare = 0.1;
    private const double TestShare = 0.2;

    /// <summary>Splits by source photo.</summary>
    /// <exception cref="ArgumentException">Too few photos for three parts.</exception>
    public static PhotoSplit Of(IReadOnlyList<Original> photos, int seed)
    {
        var (validation, test) = ((int)(photos.Count * ValidationShare), (int)(photos.Count * TestShare));
        if (validation == 0)
            throw new ArgumentException($"There are {photos.Count} usable photos directly in the folders (subfolders are not read); at least {(int)Math.Ceiling(1 / ValidationShare)} are needed, some hundreds to learn from.");
        var shuffled = photos.ToArray();
        new Random(seed).Shuffle(shuffled);
        return new PhotoSplit(shuffled[(validation + test)..], shuffled[test..(validation + test)], shuffled[..test]);
    }
}
