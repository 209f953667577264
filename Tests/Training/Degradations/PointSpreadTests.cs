using ClassifierFunctions.Training.Degradations;

namespace ClassifierFunctions.Tests.Training.Degradations;

public sealed class PointSpreadTests
{
    private const int Side = 81;
    private const int Centre = Side / 2;

    public static TheoryData<string, double, double> Spreads => new()
    {
        { "gaussian", 0.4, 0 }, { "gaussian", 2.5, 0 }, { "gaussian", 7.5, 0 },
        { "defocus", 0.3, 0 }, { "defocus", 1, 0 }, { "defocus", 5, 0 }, { "defocus", 15, 0 },
        { "motion", 0.1, 0.3 }, { "motion", 10, 0 }, { "motion", 10, 1.1 }, { "motion", 30, 2.6 },
    };

    [Theory]
    [MemberData(nameof(Spreads))]
    public void Apply_Point_KeepsItsLightAndPlace(string kind, double size, double angle)
    {
        var point = PointOf(Make(kind, size, angle));
        Assert.All(point, weight => Assert.True(weight >= 0));
        Assert.Equal(1, point.Sum(weight => (double)weight), 1e-5);
        var (x, y, _, _, _) = Moments(point);
        Assert.Equal(0, x, 1e-4);
        Assert.Equal(0, y, 1e-4);
    }

    [Theory]
    [InlineData("gaussian", 2.5, 2.5)]
    [InlineData("gaussian", 7.5, 7.5)]
    [InlineData("defocus", 5, 2.5)]
    [InlineData("defocus", 15, 7.5)]
    public void Apply_RoundSpread_HasTheDeviationOfItsFormula(string kind, double size, double deviation)
    {
        var (_, _, xx, yy, xy) = Moments(PointOf(Make(kind, size, 0)));
        Assert.InRange(Math.Sqrt(xx), deviation * 0.98, deviation * 1.02);
        Assert.InRange(Math.Sqrt(yy), deviation * 0.98, deviation * 1.02);
        Assert.Equal(0, xy, 0.01);
    }

    [Theory]
    [InlineData(10, 0)]
    [InlineData(10, Math.PI / 4)]
    [InlineData(10, Math.PI / 2)]
    [InlineData(17, 2.2)]
    [InlineData(30, 0.4)]
    public void Apply_Motion_IsALineAlongTheAngle(double length, double angle)
    {
        var (_, _, xx, yy, xy) = Moments(PointOf(PointSpread.Motion(length, angle)));
        var (cos, sin) = (Math.Cos(angle), Math.Sin(angle));
        var along = (cos * cos * xx) + (2 * cos * sin * xy) + (sin * sin * yy);
        var across = (sin * sin * xx) - (2 * cos * sin * xy) + (cos * cos * yy);
        // Sharing a point between neighbours adds a variance of at most a quarter a pixel squared.
        Assert.InRange(along, length * length / 12 * 0.99, (length * length / 12) + 0.26);
        Assert.InRange(across, -1e-6, 0.26);
    }

    [Fact]
    public void Apply_Defocus_IsAnEvenDisk()
    {
        var point = PointOf(PointSpread.Defocus(8));
        var even = 1 / (Math.PI * 64);
        for (var i = 0; i < point.Length; i++)
        {
            var distance = Math.Sqrt(Math.Pow((i % Side) - Centre, 2) + Math.Pow((i / Side) - Centre, 2));
            if (distance < 7)
                Assert.InRange(point[i], even * 0.97, even * 1.03);
            else if (distance > 9)
                Assert.Equal(0, point[i]);
        }
    }

    [Theory]
    [InlineData(41, 23, 2)]
    [InlineData(7, 5, 0.8)]
    [InlineData(3, 9, 4)]
    [InlineData(1, 1, 2.5)]
    [InlineData(1, 13, 7.5)]
    [InlineData(16, 2, 7.5)]
    public void Apply_Gaussian_IsTheNaiveConvolution(int width, int height, double sigma)
    {
        var reach = (int)Math.Ceiling(3 * sigma);
        var kernel = new List<(int X, int Y, double Weight)>();
        for (var y = -reach; y <= reach; y++)
        {
            for (var x = -reach; x <= reach; x++)
                kernel.Add((x, y, Math.Exp(-((x * x) + (y * y)) / (2 * sigma * sigma))));
        }

        AssertConvolves(PointSpread.Gaussian(sigma), kernel, width, height);
    }

    [Theory]
    [InlineData("defocus", 3.3, 0, 25, 17)]
    [InlineData("defocus", 15, 0, 9, 4)]
    [InlineData("motion", 12, 0.6, 25, 17)]
    [InlineData("motion", 30, 2.5, 7, 5)]
    public void Apply_OtherSpread_IsTheNaiveConvolution(string kind, double size, double angle, int width, int height)
    {
        var spread = Make(kind, size, angle);
        // What a point becomes, far from the border, is the kernel.
        var point = PointOf(spread);
        var taps = Enumerable.Range(0, point.Length).Where(i => point[i] > 0);
        AssertConvolves(spread, [.. taps.Select(i => ((i % Side) - Centre, (i / Side) - Centre, (double)point[i]))], width, height);
    }

    [Theory]
    [MemberData(nameof(Spreads))]
    public void Apply_EvenPicture_StaysAsItIs(string kind, double size, double angle)
    {
        var plane = Enumerable.Repeat(0.37f, 12 * 11).ToArray();
        Assert.All(Make(kind, size, angle).Apply(plane, 12, 11), value => Assert.Equal(0.37, value, 1e-5));
    }

    private static PointSpread Make(string kind, double size, double angle) => kind switch
    {
        "gaussian" => PointSpread.Gaussian(size),
        "defocus" => PointSpread.Defocus(size),
        _ => PointSpread.Motion(size, angle),
    };

    private static float[] PointOf(PointSpread spread)
    {
        var plane = new float[Side * Side];
        plane[(Centre * Side) + Centre] = 1;
        return spread.Apply(plane, Side, Side);
    }

    // Mean and second moments about the mean.
    private static (double X, double Y, double XX, double YY, double XY) Moments(float[] point)
    {
        double sum = 0, x = 0, y = 0, xx = 0, yy = 0, xy = 0;
        for (var i = 0; i < point.Length; i++)
        {
            var (dx, dy, weight) = ((i % Side) - Centre, (i / Side) - Centre, (double)point[i]);
            (sum, x, y) = (sum + weight, x + (weight * dx), y + (weight * dy));
            (xx, yy, xy) = (xx + (weight * dx * dx), yy + (weight * dy * dy), xy + (weight * dx * dy));
        }

        (x, y) = (x / sum, y / sum);
        return (x, y, (xx / sum) - (x * x), (yy / sum) - (y * y), (xy / sum) - (x * y));
    }

    private static void AssertConvolves(PointSpread spread, List<(int X, int Y, double Weight)> kernel, int width, int height)
    {
        var random = new Random(7);
        var plane = Enumerable.Range(0, width * height).Select(_ => random.NextSingle()).ToArray();
        var result = spread.Apply(plane, width, height);
        Assert.Equal(plane.Length, result.Length);
        var all = kernel.Sum(tap => tap.Weight);
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var sum = 0.0;
                foreach (var tap in kernel)
                    sum += tap.Weight * plane[(Math.Clamp(y + tap.Y, 0, height - 1) * width) + Math.Clamp(x + tap.X, 0, width - 1)];
                Assert.Equal(sum / all, result[(y * width) + x], 1e-5);
            }
        }
    }
}
