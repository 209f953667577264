using System.Numerics.Tensors;

namespace ClassifierFunctions.Training.Degradations;

/// <summary>What becomes of a point of light: weights around it that sum to 1, in one pass or in two that follow each other.</summary>
internal sealed class PointSpread
{
    // Gaussian tails beyond this many deviations are left out.
    private const double GaussianReach = 3;

    // Cells of a pixel, and points of a motion per pixel, that decide how much of a pixel a shape covers.
    private const int Subpixels = 5;

    private readonly Tap[][] _passes;

    private PointSpread(params IReadOnlyDictionary<(int X, int Y), double>[] passes)
        => _passes = [.. passes.Select(Normalised)];

    /// <summary>A Gaussian: a soft lens, or the sum of many small blurs.</summary>
    /// <param name="sigma">Standard deviation, pixels.</param>
    public static PointSpread Gaussian(double sigma)
    {
        var reach = (int)Math.Ceiling(GaussianReach * sigma);
        var weights = Enumerable.Range(-reach, (2 * reach) + 1).ToDictionary(d => d, d => Math.Exp(-d * d / (2 * sigma * sigma)));
        return new PointSpread(
            weights.ToDictionary(tap => (tap.Key, 0), tap => tap.Value),
            weights.ToDictionary(tap => (0, tap.Key), tap => tap.Value));
    }

    /// <summary>A uniform disk: the image of a point that is out of focus, through a round aperture.</summary>
    /// <param name="radius">Pixels.</param>
    public static PointSpread Defocus(double radius)
    {
        var reach = (int)Math.Ceiling(radius);
        var cells = new Dictionary<(int, int), double>();
        for (var y = (-reach * Subpixels) - (Subpixels / 2); y <= (reach * Subpixels) + (Subpixels / 2); y++)
        {
            for (var x = (-reach * Subpixels) - (Subpixels / 2); x <= (reach * Subpixels) + (Subpixels / 2); x++)
            {
                if ((x * x) + (y * y) <= radius * radius * Subpixels * Subpixels)
                    Add(cells, (double)x / Subpixels, (double)y / Subpixels);
            }
        }

        return new PointSpread(cells);
    }

    /// <summary>A line: the camera or the subject moved evenly while the shutter was open.</summary>
    /// <param name="length">Pixels.</param>
    /// <param name="angle">Radians.</param>
    public static PointSpread Motion(double length, double angle)
    {
        var cells = new Dictionary<(int, int), double>();
        var points = Math.Max(1, (int)Math.Ceiling(length * Subpixels));
        for (var i = 0; i < points; i++)
        {
            var along = (((i + 0.5) / points) - 0.5) * length;
            var (x, y) = (along * Math.Cos(angle), along * Math.Sin(angle));
            var (left, top) = (Math.Floor(x), Math.Floor(y));
            // A point between pixels belongs to its four neighbours, by nearness.
            Add(cells, left, top, (1 - (x - left)) * (1 - (y - top)));
            Add(cells, left + 1, top, (x - left) * (1 - (y - top)));
            Add(cells, left, top + 1, (1 - (x - left)) * (y - top));
            Add(cells, left + 1, top + 1, (x - left) * (y - top));
        }

        return new PointSpread(cells);
    }

    /// <summary>Convolves a plane of <c>height * width</c> values.</summary>
    public float[] Apply(float[] plane, int width, int height)
        => _passes.Aggregate(plane, (source, taps) => Apply(source, width, height, taps));

    /// <summary>Convolves the codes of a picture.</summary>
    public RgbImage Apply(RgbImage image)
    {
        var blurred = new RgbImage(image.Width, image.Height);
        for (var channel = 0; channel < 3; channel++)
        {
            var codes = new float[image.Width * image.Height];
            for (var i = 0; i < codes.Length; i++)
                codes[i] = image.Pixels[(i * 3) + channel];
            codes = Apply(codes, image.Width, image.Height);
            for (var i = 0; i < codes.Length; i++)
                blurred.Pixels[(i * 3) + channel] = (byte)(codes[i] + 0.5f);
        }

        return blurred;
    }

    private static float[] Apply(float[] plane, int width, int height, Tap[] taps)
    {
        var (padX, padY) = (taps.Max(tap => Math.Abs(tap.X)), taps.Max(tap => Math.Abs(tap.Y)));
        var stride = width + (2 * padX);
        var padded = new float[stride * (height + (2 * padY))];
        for (var y = 0; y < height + (2 * padY); y++)
        {
            var source = plane.AsSpan(Math.Clamp(y - padY, 0, height - 1) * width, width);
            var row = padded.AsSpan(y * stride, stride);
            row[..padX].Fill(source[0]);
            source.CopyTo(row[padX..]);
            row[(padX + width)..].Fill(source[^1]);
        }

        var result = new float[width * height];
        for (var y = 0; y < height; y++)
        {
            var target = result.AsSpan(y * width, width);
            foreach (var tap in taps)
                TensorPrimitives.MultiplyAdd(padded.AsSpan(((y + padY + tap.Y) * stride) + padX + tap.X, width), tap.Weight, target, target);
        }

        return result;
    }

    private static void Add(Dictionary<(int, int), double> cells, double x, double y, double weight = 1)
    {
        var cell = ((int)Math.Round(x), (int)Math.Round(y));
        cells[cell] = cells.GetValueOrDefault(cell) + weight;
    }

    private static Tap[] Normalised(IReadOnlyDictionary<(int X, int Y), double> cells)
    {
        var sum = cells.Values.Sum();
        return [.. cells.Where(cell => cell.Value > 0).Select(cell => new Tap(cell.Key.X, cell.Key.Y, (float)(cell.Value / sum)))];
    }

    private readonly record struct Tap(int X, int Y, float Weight);
}
