using System.Diagnostics;
using ClassifierFunctions.Imaging;
using ClassifierFunctions.Training.Degradations;

namespace ClassifierFunctions.Training.Photos;

/// <summary>Makes samples for training: a part of an original, at some size, degraded, encoded, and read as the app reads it.</summary>
/// <param name="photos">Photos to draw from.</param>
/// <param name="scenes">Drawn scenes to draw from: perfectly sharp, as photos rarely are.</param>
/// <param name="decoder">Reads the degraded files.</param>
/// <param name="preprocessor">The model's own, giving bytes.</param>
/// <param name="seed">Each sample depends on it and on its own index alone, whatever the number of threads.</param>
internal sealed class SampleGenerator(IReadOnlyList<Original> photos, IReadOnlyList<Original> scenes, IImageDecoder decoder, Preprocessor preprocessor, int seed)
{
    private const double PhotoShare = 0.75;
    private const double GreyShare = 0.04;

    // A part of a photo is a photo, too, if it is not too small a part.
    private const double SmallestPart = 0.65;
    private const int SmallestPartPixels = 160;

    // Enlarged further, a good photo looks blurred.
    private const int MostEnlarged = 2;
    private const int SmallestEdge = 200;
    private const int LargestEdge = 480;

    private static readonly ResampleFilter[] Filters = [ResampleFilter.Bilinear, ResampleFilter.Bicubic, ResampleFilter.Lanczos];

    public Sample Make(int index)
    {
        var random = new Random(SeedOf(seed, index));
        var originals = random.NextDouble() < PhotoShare ? photos : scenes;
        var picture = Part(originals[random.Next(originals.Count)].Image, random);
        if (random.NextDouble() < GreyShare)
            ToGrey(picture);
        var recipe = RecipeSampler.Next(random);
        return new Sample(Read(recipe.Apply(picture)), recipe.Target);
    }

    /// <summary>What the model is given of an encoded image, as bytes.</summary>
    public byte[] Read(byte[] file)
    {
        using var image = decoder.Open(file, CancellationToken.None);
        var tensor = new byte[preprocessor.TensorBytes];
        preprocessor.Process(image, tensor, new Stopwatch(), CancellationToken.None);
        return tensor;
    }

    private static RgbImage Part(RgbImage original, Random random)
    {
        var (width, height) = (Side(original.Width, random), Side(original.Height, random));
        var part = new PixelRegion(random.Next(original.Width - width + 1), random.Next(original.Height - height + 1), width, height);
        var shortest = Math.Min(width, height);
        // Half at the size that severities are given for; the others smaller or larger, as uploads are.
        var edge = random.Next(2) == 0
            ? SeverityScale.ReferenceEdge
            : Math.Clamp((int)(shortest * (0.6 + (0.6 * random.NextDouble()))), SmallestEdge, LargestEdge);
        var (targetWidth, targetHeight) = ImageReading.WithShortestEdge(width, height, Math.Min(edge, shortest * MostEnlarged));
        using var pixels = new PixelImage(original, part);
        return pixels.Resize(targetWidth, targetHeight, Filters[random.Next(Filters.Length)]);
    }

    private static int Side(int size, Random random)
        => Math.Max((int)(size * (SmallestPart + ((1 - SmallestPart) * random.NextDouble()))), Math.Min(size, SmallestPartPixels));

    // ITU-R 601, as Pillow's mode "L".
    private static void ToGrey(RgbImage image)
    {
        for (var i = 0; i < image.Pixels.Length; i += 3)
        {
            var pixel = image.Pixels.AsSpan(i, 3);
            pixel.Fill((byte)(((299 * pixel[0]) + (587 * pixel[1]) + (114 * pixel[2])) / 1000));
        }
    }

    // Mixed bits, so that neighbours get unlike seeds; not System.HashCode, which differs from process to process.
    private static int SeedOf(int seed, int index)
    {
        var mixed = ((ulong)(uint)seed << 32 | (uint)index) * 0x9E3779B97F4A7C15;
        return (int)((mixed ^ (mixed >> 29)) * 0xBF58476D1CE4E5B9 >> 33);
    }
}
