using ClassifierFunctions.Imaging;

namespace ClassifierFunctions.Models;

/// <summary>A model's image input, as its graph declares it.</summary>
/// <param name="Name">Name of the graph's input.</param>
/// <param name="Element">Type of its elements.</param>
/// <param name="Layout">Order of its dimensions.</param>
/// <param name="Channels">1 or 3.</param>
/// <param name="Width">Pixels; null when the graph takes any.</param>
/// <param name="Height">Pixels; null when the graph takes any.</param>
/// <param name="DynamicBatch">True when a run may have any number of images: the first dimension has no fixed size. Otherwise it is 1.</param>
public sealed record ModelInput(
    string Name, TensorElement Element, TensorLayout Layout, int Channels, int? Width, int? Height, bool DynamicBatch = false)
{
    /// <summary>The tensor's dimensions for <paramref name="batch"/> images of the given size.</summary>
    public long[] Shape(int width, int height, int batch = 1)
        => Layout == TensorLayout.Nchw ? [batch, Channels, height, width] : [batch, height, width, Channels];
}
