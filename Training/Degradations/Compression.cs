namespace ClassifierFunctions.Training.Degradations;

/// <summary>One JPEG compression.</summary>
/// <param name="Quality">libjpeg's scale, 1 to 100.</param>
/// <param name="HalvesColour">Colour is stored at half the resolution (4:2:0).</param>
internal readonly record struct Compression(int Quality, bool HalvesColour);
