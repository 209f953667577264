namespace ClassifierFunctions.Imaging;

/// <summary>One image's part of an input tensor.</summary>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
/// <param name="Channels">1 (grey) or 3.</param>
/// <param name="Layout">Order of the dimensions.</param>
/// <param name="Element">Type of the elements.</param>
internal readonly record struct TensorShape(int Width, int Height, int Channels, TensorLayout Layout, TensorElement Element)
{
    public int Bytes => Width * Height * Channels * Element switch { TensorElement.Float32 => 4, TensorElement.Float16 => 2, _ => 1 };
}
