namespace ClassifierFunctions.Models;

/// <summary>A model's input: what an image becomes before the model sees it.</summary>
/// <param name="Name">Name of the graph's input.</param>
/// <param name="Type"><c>float32</c>, <c>float16</c> or <c>uint8</c>.</param>
/// <param name="Layout"><c>NCHW</c> or <c>NHWC</c>.</param>
/// <param name="Channels">1 or 3.</param>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
/// <param name="Batch"><c>dynamic</c>: several images fit in one run; <c>fixed</c>: one.</param>
public sealed record ModelInputDescription(string Name, string Type, string Layout, int Channels, int Width, int Height, string Batch);
