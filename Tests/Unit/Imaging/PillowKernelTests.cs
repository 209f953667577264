using ClassifierFunctions.Imaging;

namespace ClassifierFunctions.Tests.Unit.Imaging;

public sealed class PillowKernelTests
{
    private const double Unit = 1 << PillowKernel.PrecisionBits;

    [Theory]
    [InlineData(ResampleFilter.Bilinear)]
    [InlineData(ResampleFilter.Bicubic)]
    [InlineData(ResampleFilter.Lanczos)]
    [InlineData(ResampleFilter.Hamming)]
    public void Weight_MirroredWithPartOfAPixel_IsThatOfTheOppositeTarget(ResampleFilter filter)
    {
        var random = new Random(1);
        for (var round = 0; round < 300; round++)
        {
            // The whole of both, so that target t of the one is T - 1 - t of the other: they lie over the same stored pixels.
            var axis = ConvolutionTests.Axis(random);
            axis = axis with { First = 0, Count = axis.TargetSize, Mirrored = false };
            using var plain = new PillowKernel(filter, axis);
            using var mirrored = new PillowKernel(filter, axis with { Mirrored = true });
            for (var i = 0; i < plain.Count; i++)
            {
                Assert.Equal(plain.Count - 1 - plain.Target(i), mirrored.Target(i));
                for (var pixel = 0; pixel < axis.SourceSize; pixel++)
                    Assert.InRange(Weight(mirrored, i, pixel) - Weight(plain, i, pixel), -2, 2);
            }
        }
    }

    [Theory]
    [MemberData(nameof(ConvolutionTests.Filters), MemberType = typeof(ConvolutionTests))]
    public void Weight_AnyAxis_SumsToOneWithinTheSource(ResampleFilter filter)
    {
        var random = new Random(2);
        for (var round = 0; round < 300; round++)
        {
            var axis = ConvolutionTests.Axis(random);
            using var kernel = new PillowKernel(filter, axis);
            for (var i = 0; i < kernel.Count; i++)
            {
                Assert.InRange(Enumerable.Range(0, kernel.Taps(i)).Sum(k => kernel.Weight(i, k)) / Unit, 1 - 1e-4, 1 + 1e-4);
                Assert.InRange(kernel.Start(i), kernel.SourceRange.Start, kernel.SourceRange.End - 1);
                Assert.InRange(kernel.End(i), kernel.Start(i) + 1, kernel.SourceRange.End);
                Assert.InRange(kernel.Taps(i), 1, Math.Min(kernel.MaxTaps, kernel.Stride));
            }

            Assert.InRange(kernel.SourceRange.Start, 0, axis.SourceSize - 1);
            Assert.InRange(kernel.SourceRange.End, 1, axis.SourceSize);
            Assert.Equal(Enumerable.Range(0, axis.Count), Enumerable.Range(0, kernel.Count).Select(kernel.Target).Order());
        }
    }

    private static int Weight(PillowKernel kernel, int entry, int pixel)
        => pixel < kernel.Start(entry) || pixel >= kernel.End(entry) ? 0 : kernel.Weight(entry, pixel - kernel.Start(entry));
}
