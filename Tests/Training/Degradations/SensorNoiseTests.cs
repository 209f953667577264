using ClassifierFunctions.Training.Degradations;

namespace ClassifierFunctions.Tests.Training.Degradations;

public sealed class SensorNoiseTests
{
    private const int Width = 250;
    private const int Height = 240;
    private const int Pixels = Width * Height;
    private const byte MidGrey = 118;

    [Theory]
    [InlineData("Even", 3)]
    [InlineData("Even", 40)]
    [InlineData("Grey", 20)]
    [InlineData("Coarse", 20)]
    public void Add_MidGrey_HasTheAskedDeviation(string kind, double sigma)
    {
        foreach (var channel in Channels(Noisy(Enum.Parse<NoiseKind>(kind), sigma, seed: 1)))
        {
            // Neighbours in coarse noise are about a quarter as many independent values.
            var independent = kind == "Coarse" ? Pixels / 4 : Pixels;
            var error = sigma / Math.Sqrt(2 * independent);
            Assert.InRange(Pictures.Deviation(channel), sigma - (5 * error), sigma + (5 * error));
            Assert.Equal(MidGrey, channel.Average(), 5 * sigma / Math.Sqrt(independent / 4.0));
        }
    }

    [Fact]
    public void Add_Even_IsNormal()
    {
        var values = Channels(Noisy(NoiseKind.Even, 10, seed: 2)).SelectMany(channel => channel).Select(value => (value - MidGrey) / 10).ToArray();
        // Shares of the normal distribution; the tolerances are five standard errors.
        Assert.Equal(0.6827, values.Count(value => Math.Abs(value) < 1) / (double)values.Length, 0.0055);
        Assert.Equal(0.9545, values.Count(value => Math.Abs(value) < 2) / (double)values.Length, 0.0025);
        Assert.Equal(0.9973, values.Count(value => Math.Abs(value) < 3) / (double)values.Length, 0.0007);
    }

    [Fact]
    public void Add_Even_IsIndependentInChannelsAndNeighbours()
    {
        var channels = Channels(Noisy(NoiseKind.Even, 10, seed: 3));
        var limit = 5 / Math.Sqrt(Pixels);
        Assert.Equal(0, Pictures.Correlation(channels[0], channels[1]), limit);
        Assert.Equal(0, Pictures.Correlation(channels[1], channels[2]), limit);
        Assert.Equal(0, Neighbours(channels[0], 1), limit);
        Assert.Equal(0, Neighbours(channels[0], Width), limit);
    }

    [Fact]
    public void Add_Grey_IsTheSameInAllChannels()
    {
        var channels = Channels(Noisy(NoiseKind.Grey, 10, seed: 4));
        Assert.Equal(channels[0], channels[1]);
        Assert.Equal(channels[0], channels[2]);
        Assert.Equal(0, Neighbours(channels[0], 1), 5 / Math.Sqrt(Pixels));
    }

    [Fact]
    public void Add_Coarse_JoinsNeighboursAndNotChannels()
    {
        var channels = Channels(Noisy(NoiseKind.Coarse, 10, seed: 5));
        // The kernel's own autocorrelation: a Gaussian of 0.7 pixels.
        var kernel = Enumerable.Range(-3, 7).Select(d => Math.Exp(-d * d / (2 * 0.7 * 0.7))).ToArray();
        var joined = Enumerable.Range(0, 6).Sum(i => kernel[i] * kernel[i + 1]) / kernel.Sum(weight => weight * weight);
        Assert.Equal(joined, Neighbours(channels[0], 1), 0.03);
        Assert.Equal(joined, Neighbours(channels[0], Width), 0.03);
        Assert.Equal(0, Pictures.Correlation(channels[0], channels[1]), 0.04);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(10)]
    public void AddShot_MidGrey_HasTheAskedDeviation(double sigma)
    {
        var light = new LinearImage(Pictures.Plain(Width, Height, MidGrey));
        SensorNoise.AddShot(light, sigma, new Random(6));
        foreach (var channel in Channels(light.ToCodes()))
            Assert.InRange(Pictures.Deviation(channel), sigma * 0.98, sigma * 1.03);
    }

    [Fact]
    public void AddShot_MoreLight_HasMoreVarianceInProportion()
    {
        double Variance(byte code)
        {
            var light = new LinearImage(Pictures.Plain(Width, Height, code));
            SensorNoise.AddShot(light, 8, new Random(7));
            Assert.Equal(Pictures.ToLinear(code), light.Planes[0].Average(), 0.001);
            return Math.Pow(Pictures.Deviation(light.Planes[0].Select(value => (double)value)), 2);
        }

        var (dark, middle, bright) = (Variance(64), Variance(128), Variance(220));
        Assert.True(dark < middle && middle < bright);
        var (low, high) = (
            (middle - dark) / (Pictures.ToLinear(128) - Pictures.ToLinear(64)),
            (bright - middle) / (Pictures.ToLinear(220) - Pictures.ToLinear(128)));
        Assert.InRange(high / low, 0.9, 1.1);
    }

    [Fact]
    public void AddShot_Black_StillHasTheNoiseOfElectronics()
    {
        var light = new LinearImage(Pictures.Plain(Width, Height, 0));
        SensorNoise.AddShot(light, 8, new Random(8));
        Assert.True(Pictures.Deviation(light.Planes[0].Select(value => (double)value)) > 0.001);
    }

    [Theory]
    [InlineData("Even")]
    [InlineData("Grey")]
    [InlineData("Coarse")]
    public void Add_SameSeed_GivesTheSame(string kind)
    {
        var noise = Noisy(Enum.Parse<NoiseKind>(kind), 10, seed: 9);
        Assert.Equal(noise, Noisy(Enum.Parse<NoiseKind>(kind), 10, seed: 9));
        Assert.NotEqual(noise, Noisy(Enum.Parse<NoiseKind>(kind), 10, seed: 10));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(7, 5)]
    public void Add_OddNumberOfPixels_ChangesEach(int width, int height)
    {
        foreach (var kind in (NoiseKind[])[NoiseKind.Even, NoiseKind.Grey, NoiseKind.Coarse])
        {
            var codes = new float[width * height * 3];
            SensorNoise.Add(codes, width, kind, 10, SensorNoise.Grain, new Random(11));
            Assert.All(codes, value => Assert.True(float.IsFinite(value) && value != 0));
        }
    }

    private static float[] Noisy(NoiseKind kind, double sigma, int seed)
    {
        var codes = Enumerable.Repeat((float)MidGrey, Pixels * 3).ToArray();
        SensorNoise.Add(codes, Width, kind, sigma, SensorNoise.Grain, new Random(seed));
        return codes;
    }

    private static double[][] Channels(float[] codes)
        => [.. Enumerable.Range(0, 3).Select(channel => Enumerable.Range(0, codes.Length / 3).Select(i => (double)codes[(i * 3) + channel]).ToArray())];

    private static double Neighbours(double[] plane, int step) => Pictures.Correlation(plane[step..], plane[..^step]);
}
