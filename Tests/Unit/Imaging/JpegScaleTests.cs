using ClassifierFunctions.Imaging;

namespace ClassifierFunctions.Tests.Unit.Imaging;

public sealed class JpegScaleTests
{
    private static readonly PreprocessorConfig Stretch = new();

    [Theory]
    // The picture at the scale must be twice the target at least: 6000 x 4000 to 384 x 256 is reduced by 15.6, so 2/8 (by 3.9 more), not 1/8 (1.95).
    [InlineData(6000, 4000, 384, 256, 2)]
    [InlineData(4096, 4096, 256, 256, 1)]
    [InlineData(4095, 4096, 256, 256, 2)]
    [InlineData(4095, 100_000, 256, 256, 2)]
    [InlineData(1024, 1024, 256, 256, 4)]
    [InlineData(1023, 1024, 256, 256, 5)]
    [InlineData(1024, 1023, 256, 256, 5)]
    [InlineData(512, 512, 256, 256, 8)]
    [InlineData(600, 600, 256, 256, 7)]
    [InlineData(2000, 2000, 257, 100, 3)]
    [InlineData(100, 100, 256, 256, 8)]
    // And 448 pixels at least, for small targets.
    [InlineData(3584, 3584, 28, 28, 1)]
    [InlineData(3583, 3584, 28, 28, 2)]
    [InlineData(3584, 3583, 28, 28, 2)]
    [InlineData(3584, 3583, 224, 28, 2)]
    [InlineData(896, 896, 128, 128, 4)]
    [InlineData(512, 4096, 32, 32, 7)]
    [InlineData(511, 4096, 32, 32, 8)]
    [InlineData(500, 374, 32, 32, 8)]
    [InlineData(100_000, 100_000, 1, 1, 1)]
    [InlineData(1, 1, 1, 1, 8)]
    public void For_AntialiasedFilter_IsTheSmallestWithTwiceTheTargetAnd448Pixels(int width, int height, int targetWidth, int targetHeight, int eighths)
        => Assert.Equal(eighths, JpegScale.For(Stretch, Plan(targetWidth, targetHeight), width, height));

    [Fact]
    public void For_AnySize_LeavesAReductionByTwoAnd448PixelsAndNoMoreThanNeeded()
    {
        var random = new Random(1);
        for (var i = 0; i < 10_000; i++)
        {
            var (width, height, targetWidth, targetHeight) = (random.Next(1, 9000), random.Next(1, 9000), random.Next(1, 700), random.Next(1, 700));
            var eighths = JpegScale.For(Stretch, Plan(targetWidth, targetHeight), width, height);

            Assert.InRange(eighths, 1, 8);
            Assert.True(eighths == 8 || LeavesEnough(eighths));
            Assert.True(eighths == 1 || !LeavesEnough(eighths - 1));

            bool LeavesEnough(double scale)
                => width * scale / 8 >= 2 * targetWidth && height * scale / 8 >= 2 * targetHeight && Math.Min(width, height) * scale / 8 >= 448;
        }
    }

    [Theory]
    [InlineData(false, ResampleFilter.Bilinear)]
    [InlineData(true, ResampleFilter.Nearest)]
    public void For_FilterThatSkipsPixels_IsFull(bool antialias, ResampleFilter filter)
        => Assert.Equal(JpegScale.Full, JpegScale.For(new PreprocessorConfig { Antialias = antialias, Resample = filter }, Plan(10, 10), 5000, 5000));

    [Theory]
    // libjpeg: output_width = ceil(image_width * scale_num / 8).
    [InlineData(1, 1, 1)]
    [InlineData(8, 1, 1)]
    [InlineData(9, 1, 2)]
    [InlineData(1000, 3, 375)]
    [InlineData(1001, 3, 376)]
    [InlineData(1001, 8, 1001)]
    [InlineData(500_000_000, 7, 437_500_000)]
    public void Size_AtScale_IsRoundedUp(int full, int eighths, int expected) => Assert.Equal(expected, JpegScale.Size(full, eighths));

    private static ResizePlan Plan(int width, int height) => new(width, height, 0, 0, width, height, 0, 0);
}
