using ClassifierFunctions.Training;
using ClassifierFunctions.Training.Degradations;

namespace ClassifierFunctions.Tests.Training.Degradations;

public sealed class RecipeTests
{
    [Fact]
    public void Degrade_Nothing_GivesTheOriginal()
    {
        var image = Pictures.Random(40, 31, seed: 1);
        Assert.Equal(image.Pixels, new Recipe { BlurKind = BlurKind.Motion, NoiseKind = NoiseKind.Coarse, Seed = 5 }.Degrade(image).Pixels);
    }

    [Fact]
    public void Degrade_BlurAndOverexposure_BlursFirstAndThenClips()
    {
        const int Size = 320;
        var image = Pictures.Plain(Size, Size, 60);
        for (var y = 0; y < Size; y++)
        {
            for (var x = 150; x < 156; x++)
                image.Pixels.AsSpan(((y * Size) + x) * 3, 3).Fill(255);
        }

        var result = new Recipe { Blur = 1, BlurKind = BlurKind.Gaussian, Overexposure = 0.5 }.Degrade(image);
        var weights = Enumerable.Range(-8, 17).Select(d => Math.Exp(-d * d / (2 * 2.5 * 2.5))).ToArray();
        for (var x = 100; x < 200; x++)
        {
            var blurred = Enumerable.Range(0, 17).Sum(i => weights[i] * Pictures.ToLinear(image.Pixels[(x + i - 8) * 3])) / weights.Sum();
            Assert.Equal(Pictures.ToCode(Math.Min(1, blurred * 2)), result.Pixels[((100 * Size) + x) * 3], 0.6);
        }
    }

    [Fact]
    public void Degrade_BlurOverCodes_AveragesCodesNotLight()
    {
        const int Size = 320;
        var image = Pictures.Plain(Size, Size, 0);
        for (var y = 0; y < Size; y++)
            image.Pixels.AsSpan(((y * Size) + 160) * 3, 160 * 3).Fill(200);

        // Far from the border, at an edge between two pixels: half of either, as codes.
        var result = new Recipe { Blur = 1, BlurKind = BlurKind.Gaussian, BlursCodes = true }.Degrade(image);
        var (left, right) = (result.Pixels[((100 * Size) + 159) * 3], result.Pixels[((100 * Size) + 160) * 3]);
        Assert.InRange((left + right) / 2.0, 99, 101);
        Assert.Equal([200, 0], [result.Pixels[((100 * Size) + 200) * 3], result.Pixels[((100 * Size) + 120) * 3]]);
    }

    [Theory]
    [InlineData("Even")]
    [InlineData("Grey")]
    [InlineData("Coarse")]
    public void Degrade_BlurDarkeningAndNoise_AddsTheNoiseLast(string kind)
    {
        var recipe = new Recipe { Blur = 1, Darkening = 0.5, Noise = 0.3, NoiseKind = Enum.Parse<NoiseKind>(kind), Seed = 3 };
        var result = recipe.Degrade(Pictures.Plain(320, 320, 255));
        Assert.Equal(Pictures.ToCode(Math.Pow(2, -1.25)), Green(result).Average(), 0.3);
        Assert.InRange(Pictures.Deviation(Green(result)), 9 * 0.97, 9 * 1.03);
    }

    [Fact]
    public void Degrade_ShotNoiseAndDarkening_HasTheNoiseOfTheDarkerLight()
    {
        double Deviation(double darkening)
        {
            var recipe = new Recipe { Darkening = darkening, Noise = 0.3, NoiseKind = NoiseKind.Shot, Seed = 3 };
            return Pictures.Deviation(Green(recipe.Degrade(Pictures.Plain(320, 320, 118))).Select(Pictures.ToLinear));
        }

        // Variance follows L + b: with b = 0.02, light of 0.18 and 0.18 / 2^2.5.
        var light = Pictures.ToLinear(118);
        Assert.Equal(Math.Sqrt((light + 0.02) / ((light / Math.Pow(2, 2.5)) + 0.02)), Deviation(0) / Deviation(1), 0.1);
    }

    [Theory]
    [InlineData("Even")]
    [InlineData("Grey")]
    [InlineData("Shot")]
    [InlineData("Coarse")]
    public void Degrade_LargerPicture_HasTheSameNoiseOnceItIsShrunk(string kind)
    {
        // Weak, so that the bent curve of sRGB does not make shot noise more than asked.
        var recipe = new Recipe { Noise = 0.2, NoiseKind = Enum.Parse<NoiseKind>(kind), Seed = 4 };
        var small = recipe.Degrade(Pictures.Plain(320, 330, 118));
        var large = recipe.Degrade(Pictures.Plain(640, 660, 118));
        var expected = Pictures.Deviation(Green(small));
        Assert.InRange(expected, 6 * 0.97, 6 * 1.03);
        // Halving smooths a grain of one or two pixels a little.
        Assert.InRange(Pictures.Deviation(Halved(large, code => code)), expected * (kind == "Coarse" ? 0.85 : 0.95), expected * 1.05);
    }

    [Theory]
    [InlineData("Gaussian")]
    [InlineData("Defocus")]
    [InlineData("Motion")]
    public void Degrade_LargerPicture_HasTheSameBlurOnceItIsShrunk(string kind)
    {
        var recipe = new Recipe { Blur = 1, BlurKind = Enum.Parse<BlurKind>(kind) };
        double Width(int edge)
        {
            var line = Pictures.Plain(edge, edge, 0);
            for (var y = 0; y < edge; y++)
                line.Pixels.AsSpan(((y * edge) + (edge / 2)) * 3, edge / 320 * 3).Fill(255);
            var result = recipe.Degrade(line);
            double[] row = edge == 320
                ? [.. Green(result).Skip(160 * 320).Take(320).Select(Pictures.ToLinear)]
                : [.. Halved(result, Pictures.ToLinear).Skip(160 * 320).Take(320)];
            var mean = row.Select((light, x) => light * x).Sum() / row.Sum();
            return Math.Sqrt(row.Select((light, x) => light * (x - mean) * (x - mean)).Sum() / row.Sum());
        }

        const double Sigma = 2.5;
        var small = Width(320);
        Assert.InRange(small, Sigma * 0.97, Sigma * 1.05);
        Assert.InRange(Width(640), small * 0.96, small * 1.04);
    }

    [Fact]
    public void Apply_Twice_GivesTheSameFile()
    {
        var photo = Pictures.Waves(200, 150);
        var recipe = new Recipe
        {
            Blur = 0.3, BlurKind = BlurKind.Motion, Angle = 1, Darkening = 0.2, Noise = 1, Compressions = [new(80, true), new(60, false)], Seed = 9,
        };
        Assert.Equal(recipe.Apply(photo), recipe.Apply(photo));
        Assert.NotEqual(recipe.Apply(photo), (recipe with { Seed = 10 }).Apply(photo));
    }

    [Fact]
    public void Apply_Original_LeavesItAsItIs()
    {
        var photo = Pictures.Waves(200, 150);
        new Recipe { Blur = 1, Darkening = 1, Noise = 1 }.Apply(photo);
        Assert.Equal(Pictures.Waves(200, 150).Pixels, photo.Pixels);
    }

    [Fact]
    public void Apply_NoCompression_IsExactlyWhatWasDegraded()
    {
        var recipe = new Recipe { Noise = 1, Seed = 2 };
        var photo = Pictures.Waves(64, 48);
        Assert.Equal(recipe.Degrade(photo).Pixels, Pictures.Decode(recipe.Apply(photo)).Pixels);
    }

    [Theory]
    [InlineData("Blurred")]
    [InlineData("Dark")]
    [InlineData("Overexposed")]
    [InlineData("Noisy")]
    public void Target_Severities_MoveFromGoodToBad(string name)
    {
        var quality = Enum.Parse<Quality>(name);
        foreach (var (severity, bad) in (ReadOnlySpan<(double, double)>)[(0, 0), (0.49, 0), (0.6, 0), (0.675, 0.25), (0.75, 0.5), (0.825, 0.75), (0.9, 1), (1, 1), (3, 1)])
        {
            var target = Of(quality, severity).Target;
            Assert.Equal(5, target.Length);
            Assert.Equal(bad, target[(int)quality], 1e-6);
            Assert.Equal(1 - bad, target[0], 1e-6);
            Assert.Equal(1, target.Sum(), 1e-6);
        }
    }

    [Fact]
    public void Target_GoodWithWeakFaults_IsGood()
        => Assert.Equal([1f, 0, 0, 0, 0], new Recipe { Blur = 0.45, Noise = 0.3, Darkening = 0.2 }.Target);

    private static Recipe Of(Quality quality, double severity) => new()
    {
        Quality = quality,
        Blur = quality == Quality.Blurred ? severity : 0.1,
        Darkening = quality == Quality.Dark ? severity : 0.1,
        Overexposure = quality == Quality.Overexposed ? severity : 0.1,
        Noise = quality == Quality.Noisy ? severity : 0.1,
    };

    private static IEnumerable<double> Green(RgbImage image)
        => Enumerable.Range(0, image.Width * image.Height).Select(i => (double)image.Pixels[(i * 3) + 1]);

    // Means of 2 x 2 pixels, of a function of their codes.
    private static IEnumerable<double> Halved(RgbImage image, Func<double, double> of)
    {
        for (var y = 0; y < image.Height; y += 2)
        {
            for (var x = 0; x < image.Width; x += 2)
                yield return (At(x, y) + At(x + 1, y) + At(x, y + 1) + At(x + 1, y + 1)) / 4;
        }

        double At(int x, int y) => of(image.Pixels[(((y * image.Width) + x) * 3) + 1]);
    }
}
