using ClassifierFunctions.Imaging;

namespace ClassifierFunctions.Tests.Unit.Imaging;

public sealed class LinearKernelTests
{
    private const int Rounds = 500;
    private const int One = 1 << LinearKernel.PrecisionBits;

    [Theory]
    // Worked out by hand: target t lies at (t + 0.5) * source / target - 0.5.
    [InlineData(8, 4, false, 1, 2, 3, 1024, 1024)]
    [InlineData(4, 8, false, 3, 1, 2, 1536, 512)]
    [InlineData(9, 3, false, 1, 4, 4, 2048, 0)]
    [InlineData(4, 8, false, 0, 0, 0, 2048, 0)]
    [InlineData(4, 8, false, 7, 3, 3, 2048, 0)]
    // Above and below the picture, both weights stay, for the same row.
    [InlineData(4, 8, true, 0, 0, 0, 512, 1536)]
    [InlineData(4, 8, true, 7, 3, 3, 1536, 512)]
    [InlineData(1, 2, true, 1, 0, 0, 1536, 512)]
    public void Weights_Target_AreThoseOfItsTwoNeighbours(int source, int target, bool isHeight, int entry, int first, int last, int firstWeight, int lastWeight)
    {
        using var kernel = new LinearKernel(new ResampleAxis(source, source, target, 0, target), isHeight);

        // The pixel of a weight of 0 does not matter.
        Assert.Equal((first, firstWeight, lastWeight), (kernel.Start(entry), kernel.Weights(entry).First, kernel.Weights(entry).Last));
        if (lastWeight > 0)
            Assert.Equal(last, kernel.End(entry) - 1);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Weights_PartOrMirrored_AreThoseOfTheWhole(bool isHeight)
    {
        var random = new Random(1);
        for (var round = 0; round < Rounds; round++)
        {
            var axis = ConvolutionTests.Axis(random);
            axis = axis with { Extent = axis.SourceSize };
            using var whole = new LinearKernel(axis with { First = 0, Count = axis.TargetSize, Mirrored = false }, isHeight);
            using var part = new LinearKernel(axis, isHeight);
            for (var i = 0; i < part.Count; i++)
            {
                var at = axis.First + part.Target(i);
                var (first, last) = whole.Weights(at);
                Assert.Equal(axis.Mirrored ? axis.SourceSize - whole.End(at) : whole.Start(at), part.Start(i));
                Assert.Equal(whole.Taps(at), part.Taps(i));
                Assert.Equal(axis.Mirrored ? (last, first) : (first, last), part.Weights(i));
            }
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Weights_AnyAxis_SumToOneWithinTheSource(bool isHeight)
    {
        var random = new Random(2);
        for (var round = 0; round < Rounds; round++)
        {
            var axis = ConvolutionTests.Axis(random);
            using var kernel = new LinearKernel(axis, isHeight);
            for (var i = 0; i < kernel.Count; i++)
            {
                Assert.InRange(kernel.Weights(i).First, 0, One);
                // Both are rounded apart, in single precision.
                Assert.InRange(kernel.Weights(i).First + kernel.Weights(i).Last, One - 1, One + 1);
                Assert.InRange(kernel.Start(i), i == 0 ? 0 : kernel.Start(i - 1), axis.SourceSize - 1);
                Assert.InRange(kernel.End(i), kernel.Start(i) + 1, Math.Min(kernel.SourceRange.End, kernel.Start(i) + 2));
            }

            Assert.InRange(kernel.SourceRange.End, 1, axis.SourceSize);
        }
    }
}
