using System.Diagnostics;
using ClassifierFunctions.Imaging;
using ClassifierFunctions.Results;
using ClassifierFunctions.Tests.Support;

namespace ClassifierFunctions.Tests.Unit.Imaging;

/// <summary>Decodes that take long on purpose, and garbage collections without end: alone, because they would hold up all other tests.</summary>
[Collection(nameof(AloneCollection))]
public sealed class LongDecodeTests
{
    private static readonly Preprocessor Crop224 = new(
        new PreprocessorConfig { ShortestEdge = 256, CropWidth = 224, CropHeight = 224 }, TensorLayout.Nhwc, TensorElement.UInt8, 3);

    [Fact]
    public void Process_ThousandsOfScans_EndsAtTheTimeLimit()
    {
        // Less than 600 KB, of which each 80 bytes make a decoder visit 36 megapixels again.
        var bytes = TestImages.ManyScansJpeg(6000, 7000);
        var decoder = Decoding.Decoder(limits => limits.MaxDecodeMilliseconds = 200);
        var before = ThreadProcessorTime.Now();

        using var image = decoder.Open(bytes, CancellationToken.None);
        var failure = Assert.Throws<ClassifierException>(() => Crop224.Process(image, new byte[Crop224.TensorBytes], new Stopwatch(), CancellationToken.None));

        Assert.Equal(ClassifierError.UndecodableImage, failure.Error);
        Assert.Contains("takes more than 0.2 s of processor time", failure.Message, StringComparison.Ordinal);
        Assert.InRange(ThreadProcessorTime.Now() - before, TimeSpan.FromMilliseconds(200), TimeSpan.FromMilliseconds(1000));
    }

    [Fact]
    public void Process_ScansBehindADisguise_EndsAtTheTimeLimit()
    {
        // A marker that has no length by the standard, and a comment that looks like one frame and one scan to who reads one.
        var progressive = TestImages.ManyScansJpeg(6000, 90);
        byte[] fake = [.. Convert.FromHexString("FFC0000B0817701770010111" + "00" + "FFDA0008010100003F00")];
        byte[] comment = [0xFF, 0xFE, 0, (byte)(fake.Length + 2), .. fake];
        byte[] bytes = [0xFF, 0xD8, 0xFF, 0x01, .. comment, .. progressive.AsSpan(2)];
        var decoder = Decoding.Decoder(limits => limits.MaxDecodeMilliseconds = 100);

        using var image = decoder.Open(bytes, CancellationToken.None);

        Assert.True(image.WorkingBytes > 6000 * 6000 * 2);
        var failure = Assert.Throws<ClassifierException>(() => Crop224.Process(image, new byte[Crop224.TensorBytes], new Stopwatch(), CancellationToken.None));
        Assert.Equal(ClassifierError.UndecodableImage, failure.Error);
        // ImageSharp finds it damaged, and does not even begin.
        if (Repository.IsSkia)
            Assert.Contains("processor time", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Process_CancelledWhileTheCodecWorks_Stops()
    {
        // Fewer scans than the hundred at which Skia gives up by itself.
        var bytes = TestImages.ManyScansJpeg(6000, 90);
        using var image = Decoding.Decoder(limits => limits.MaxDecodeMilliseconds = 600_000).Open(bytes, CancellationToken.None);
        using var cancellation = new CancellationTokenSource();
        var decoding = new Stopwatch();
        // Not on the thread pool, which the other tests keep busy.
        var canceller = new Thread(() =>
        {
            SpinWait.SpinUntil(() => decoding.IsRunning, TimeSpan.FromSeconds(20));
            cancellation.Cancel();
        });
        canceller.Start();

        Assert.ThrowsAny<OperationCanceledException>(() => Crop224.Process(image, new byte[Crop224.TensorBytes], decoding, cancellation.Token));
        canceller.Join();
    }

    [Fact]
    public void Process_WhileGarbageIsCollected_ReadsToTheEnd()
    {
        // A codec holds on to a stream of ours for the time of one long call.
        var bytes = TestImages.ManyScansJpeg(3000, 60);
        using var over = new CancellationTokenSource();
        var collector = new Thread(() =>
        {
            while (!over.IsCancellationRequested)
                GC.Collect();
        });
        collector.Start();
        var tensor = Crop224.Process(bytes);
        over.Cancel();
        collector.Join();

        Assert.All(tensor, value => Assert.Equal(128, value));
    }
}
