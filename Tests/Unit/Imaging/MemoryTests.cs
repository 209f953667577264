using System.Diagnostics;
using ClassifierFunctions.Imaging;
using ClassifierFunctions.Tests.Support;
using Xunit.Abstractions;

namespace ClassifierFunctions.Tests.Unit.Imaging;

/// <summary>What decoding leaves behind: nothing. Alone on the process, because resident memory is everybody's.</summary>
[Collection(nameof(AloneCollection))]
public sealed class MemoryTests(ITestOutputHelper output)
{
    private const int Images = 2000;
    private const int WarmUp = 400;
    private const int Blocks = 16;

    // Student's t for 14 degrees of freedom, two-sided, 99.9 %: a test that runs often must not fail by chance.
    private const double Significant = 4.14;

    // The allocators of a test process settle for thousands of images, by some hundred bytes each; any buffer of an image has more than this.
    private const double NegligibleBytesPerImage = 2048;

    [Fact]
    public void Process_TwoThousandPhotos_AllocatesLittleAndKeepsNothing()
    {
        var preprocessor = new Preprocessor(PreprocessorConfig.ImageNet(224, 224), TensorLayout.Nchw, TensorElement.Float32, 3);
        // The two of 12 megapixels would make up most of the time; one of them is enough.
        var photos = Directory.GetFiles(TestData.Path("photos"), "*g").Where(path => !path.Contains("coffee", StringComparison.Ordinal)).Order(StringComparer.Ordinal)
            .Select(File.ReadAllBytes).ToArray();
        var decoder = Decoding.Decoder();
        var tensor = new byte[preprocessor.TensorBytes];
        var resident = new List<double>();
        var allocated = 0L;
        for (var i = 1; i <= Images; i++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            using (var image = decoder.Open(photos[i % photos.Length], CancellationToken.None))
                preprocessor.Process(image, tensor, new Stopwatch(), CancellationToken.None);
            if (i <= WarmUp)
                continue;
            allocated += GC.GetAllocatedBytesForCurrentThread() - before;
            if ((i - WarmUp) % ((Images - WarmUp) / Blocks) == 0)
            {
                // Garbage is no leak: so little of it is made that 2,000 images would not fill the collector's first generation.
                GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
                resident.Add(Environment.WorkingSet);
            }
        }

        var perImage = (double)allocated / (Images - WarmUp);
        var (slope, t) = Trend(resident);
        output.WriteLine($"{perImage:0} bytes allocated per image; resident memory {resident[0] / 1e6:0.0} MB, then {resident[^1] / 1e6:0.0} MB: {slope:0.0} bytes per image, t = {t:0.0}");

        Assert.InRange(perImage, 0, Repository.IsSkia ? 64 * 1024 : 256 * 1024);
        Assert.True(t < Significant || slope < NegligibleBytesPerImage, $"Resident memory grows by {slope:0} bytes per image (t = {t:0.0}).");
    }

    // Least squares over the ends of blocks of images.
    private static (double Slope, double T) Trend(IReadOnlyList<double> values)
    {
        var (meanX, meanY) = ((Blocks - 1) / 2.0, values.Average());
        var sumXx = values.Select((_, x) => (x - meanX) * (x - meanX)).Sum();
        var slope = values.Select((y, x) => (x - meanX) * (y - meanY)).Sum() / sumXx;
        var residual = values.Select((y, x) => y - meanY - (slope * (x - meanX))).Sum(error => error * error);
        var error = Math.Sqrt(residual / (Blocks - 2) / sumXx);
        return (slope / ((Images - WarmUp) / Blocks), error == 0 ? 0 : slope / error);
    }
}
