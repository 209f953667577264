using System.Numerics.Tensors;

namespace ClassifierFunctions.Training.Degradations;

/// <summary>A picture in linear light, where blur and exposure happen. Three planes of <c>Height * Width</c>; 1 is the brightest that a file can hold.</summary>
internal sealed class LinearImage
{
    private const int Channels = 3;

    public LinearImage(RgbImage image)
    {
        (Width, Height) = (image.Width, image.Height);
        Planes = [.. Enumerable.Range(0, Channels).Select(_ => new float[Width * Height])];
        for (var i = 0; i < image.Pixels.Length; i++)
            Planes[i % Channels][i / Channels] = SrgbCurve.ToLinear(image.Pixels[i]);
    }

    public int Width { get; }

    public int Height { get; }

    /// <summary>Red, green, blue; rows one after the other.</summary>
    public float[][] Planes { get; }

    /// <summary>Changes the exposure; what gets brighter than 1 is clipped, as on a sensor.</summary>
    public void Expose(double stops)
    {
        var factor = (float)Math.Pow(2, stops);
        foreach (var plane in Planes)
        {
            TensorPrimitives.Multiply(plane, factor, plane);
            TensorPrimitives.Min(plane, 1f, plane);
        }
    }

    /// <summary>Convolves with a point spread function; the border is repeated outwards.</summary>
    public void Blur(PointSpread spread)
    {
        for (var channel = 0; channel < Channels; channel++)
            Planes[channel] = spread.Apply(Planes[channel], Width, Height);
    }

    /// <summary>Codes 0 to 255, not rounded, rows x columns x RGB.</summary>
    public float[] ToCodes()
    {
        var codes = new float[Width * Height * Channels];
        for (var i = 0; i < codes.Length; i++)
            codes[i] = SrgbCurve.ToCode(Planes[i % Channels][i / Channels]);
        return codes;
    }
}
