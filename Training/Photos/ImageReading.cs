using System.Diagnostics;
using ClassifierFunctions.Imaging;

namespace ClassifierFunctions.Training.Photos;

/// <summary>Turns encoded images into pixels with the engine's own decode and resize.</summary>
internal static class ImageReading
{
    /// <summary>Reads a whole image at an exact size.</summary>
    /// <exception cref="Results.ClassifierException">Damaged.</exception>
    public static RgbImage ReadAt(this EncodedImage image, int width, int height, ResampleFilter filter)
    {
        var config = new PreprocessorConfig { ResizeWidth = width, ResizeHeight = height, Resample = filter };
        var result = new RgbImage(width, height);
        new Preprocessor(config, TensorLayout.Nhwc, TensorElement.UInt8, 3).Process(image, result.Pixels, new Stopwatch(), CancellationToken.None);
        return result;
    }

    /// <summary>The size of an image whose shortest edge becomes <paramref name="edge"/>.</summary>
    public static (int Width, int Height) WithShortestEdge(int width, int height, int edge)
    {
        var scale = (double)edge / Math.Min(width, height);
        return (Math.Max(1, (int)Math.Round(width * scale)), Math.Max(1, (int)Math.Round(height * scale)));
    }
}
