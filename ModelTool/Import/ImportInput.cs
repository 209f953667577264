using ClassifierFunctions.Imaging;
using ClassifierFunctions.ModelTool.TensorFlow.Conversion;

namespace ClassifierFunctions.ModelTool.Import;

/// <summary>The image input of what is imported.</summary>
/// <param name="Name">As TensorFlow calls it.</param>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
/// <param name="Channels">1 (grey) or 3.</param>
/// <param name="Element">Type of its elements.</param>
/// <param name="Start">What the graph's first steps tell of the pixels that it expects; null when they tell nothing.</param>
internal sealed record ImportInput(
    string Name, int Width, int Height, int Channels, TensorElement Element = TensorElement.Float32, InputStart? Start = null);
