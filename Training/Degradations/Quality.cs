namespace ClassifierFunctions.Training.Degradations;

/// <summary>The classes, in the order of the model's scores.</summary>
internal enum Quality
{
    Good,
    Blurred,
    Dark,
    Overexposed,
    Noisy,
}
