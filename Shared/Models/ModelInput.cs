using ClassifierFunctions.Imaging;

namespace ClassifierFunctions.Models;

/// <summary>A model's image input, as its graph declares it.</summary>
/// <param name="Name">Name of the graph's input.</param>
/// <param name="Element">Type of its elements.</param>
/// <param name="Layout">Order of its dimensions.</param>
/// <param name="Channels">1 or 3.</param>
/// <param name="Width">Pixels; null when the graph takes any.</param>
/// <param name="Height">Pixels; null when the graph takes any.</param>
public sealed record ModelInput(string Name, TensorElement Element, TensorLayout Layout, int Channels, int? Width, int? Height)
{
    /// <summary>The tensor's dimensions for one image of the given size.</summary>
    public long[] Shape(int width, int height)
        => Layout == TensorLayout.Nchw ? [1, Channels, height, width] : [1, height, width, Channels];
}
