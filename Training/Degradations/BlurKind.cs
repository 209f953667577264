namespace ClassifierFunctions.Training.Degradations;

internal enum BlurKind
{
    Gaussian,
    Defocus,
    Motion,
}
