namespace ClassifierFunctions.Training.Scenes;

/// <summary>
/// Value noise summed over octaves of halving amplitude, which gives the 1/f spectrum of natural pictures
/// (Ebert et al., "Texturing and Modeling", 3rd ed. 2003, chapter 2). It repeats, so that it can tile a plane.
/// </summary>
internal static class FractalNoise
{
    /// <summary>A square of noise, stretched to 0..1.</summary>
    /// <param name="size">Side, a power of two.</param>
    /// <param name="cells">Cells along a side in the coarsest octave, a power of two.</param>
    public static float[] Square(int size, int cells, int octaves, Random random)
    {
        var sum = new float[size * size];
        var amplitude = 1f;
        for (var octave = 0; octave < octaves && cells <= size; octave++, cells *= 2, amplitude /= 2)
            Add(sum, size, cells, amplitude, random);
        var (low, high) = (sum.Min(), sum.Max());
        for (var i = 0; i < sum.Length; i++)
            sum[i] = (sum[i] - low) / (high - low);
        return sum;
    }

    private static void Add(float[] sum, int size, int cells, float amplitude, Random random)
    {
        var lattice = new float[cells * cells];
        for (var i = 0; i < lattice.Length; i++)
            lattice[i] = random.NextSingle() * amplitude;
        for (var y = 0; y < size; y++)
        {
            var (top, down) = Cell(y, size, cells);
            var (upper, lower) = (top * cells, (top + 1) % cells * cells);
            for (var x = 0; x < size; x++)
            {
                var (left, across) = Cell(x, size, cells);
                var right = (left + 1) % cells;
                var above = lattice[upper + left] + (lattice[upper + right] - lattice[upper + left]) * across;
                var below = lattice[lower + left] + (lattice[lower + right] - lattice[lower + left]) * across;
                sum[y * size + x] += above + (below - above) * down;
            }
        }
    }

    private static (int Index, float Blend) Cell(int at, int size, int cells)
    {
        var position = at * (float)cells / size;
        var index = (int)position;
        var t = position - index;
        return (index, t * t * (3 - 2 * t));
    }
}
