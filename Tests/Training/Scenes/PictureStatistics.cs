using ClassifierFunctions.Training;

namespace ClassifierFunctions.Tests.Training.Scenes;

/// <summary>Numbers about a picture, in code values of its Rec. 601 luma unless told otherwise.</summary>
internal static class PictureStatistics
{
    public static double Mean(RgbImage image) => Luma(image).Average();

    public static double Deviation(RgbImage image)
    {
        var luma = Luma(image);
        var mean = luma.Average();
        return Math.Sqrt(luma.Average(value => (value - mean) * (value - mean)));
    }

    /// <summary>The usual measure of sharpness: variance of the 4-neighbour Laplacian (Pech-Pacheco et al. 2000).</summary>
    public static double LaplacianVariance(RgbImage image)
    {
        var (luma, width) = (Luma(image), image.Width);
        double sum = 0, squares = 0;
        for (var y = 1; y < image.Height - 1; y++)
        {
            for (var at = y * width + 1; at < (y + 1) * width - 1; at++)
            {
                var value = 4 * luma[at] - luma[at - 1] - luma[at + 1] - luma[at - width] - luma[at + width];
                sum += value;
                squares += value * value;
            }
        }

        double count = (width - 2) * (image.Height - 2);
        return squares / count - sum / count * (sum / count);
    }

    /// <summary>Share of channel values at 0 or 255.</summary>
    public static double ClippedShare(RgbImage image) => image.Pixels.Average(value => value is 0 or 255 ? 1.0 : 0);

    /// <summary>Mean absolute difference of the channels of two pictures of one size.</summary>
    public static double Difference(RgbImage first, RgbImage second) =>
        first.Pixels.Zip(second.Pixels, (a, b) => Math.Abs(a - b)).Average();

    /// <summary>Averages blocks of pixels.</summary>
    public static RgbImage Shrink(RgbImage image, int block)
    {
        var small = new RgbImage(image.Width / block, image.Height / block);
        for (var i = 0; i < small.Pixels.Length; i++)
        {
            var (channel, x, y) = (i % 3, i / 3 % small.Width * block, i / 3 / small.Width * block);
            var sum = 0;
            for (var at = 0; at < block * block; at++)
                sum += image.Pixels[((y + at / block) * image.Width + x + at % block) * 3 + channel];
            small.Pixels[i] = (byte)(sum / (block * block));
        }

        return small;
    }

    private static double[] Luma(RgbImage image)
    {
        var luma = new double[image.Width * image.Height];
        for (var i = 0; i < luma.Length; i++)
            luma[i] = 0.299 * image.Pixels[i * 3] + 0.587 * image.Pixels[i * 3 + 1] + 0.114 * image.Pixels[i * 3 + 2];
        return luma;
    }
}
