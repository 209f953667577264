namespace ClassifierFunctions.Training.Photos;

/// <summary>One picture to learn from.</summary>
/// <param name="Pixels">The model's input as bytes: 3 x height x width.</param>
/// <param name="Target">The expected share of each <see cref="Degradations.Quality"/>.</param>
internal sealed record Sample(byte[] Pixels, float[] Target);
