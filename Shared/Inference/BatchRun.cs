namespace ClassifierFunctions.Inference;

/// <summary>The run that an image was part of.</summary>
/// <param name="Started">As <see cref="TimeProvider.GetTimestamp"/>.</param>
/// <param name="Ended">As <see cref="TimeProvider.GetTimestamp"/>.</param>
/// <param name="Size">Images in it.</param>
internal readonly record struct BatchRun(long Started, long Ended, int Size);
