namespace ClassifierFunctions.Imaging;

/// <summary>A byte of a file that is to read differently.</summary>
internal readonly record struct BytePatch(int Offset, byte Value);
