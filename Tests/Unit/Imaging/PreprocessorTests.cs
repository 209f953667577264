using System.Diagnostics;
using System.Runtime.InteropServices;
using ClassifierFunctions.Imaging;
using ClassifierFunctions.Tests.Support;

namespace ClassifierFunctions.Tests.Unit.Imaging;

public sealed class PreprocessorTests
{
    // 2 x 1 pixels: red, and a mixture.
    private static readonly byte[] TwoPixels = [255, 0, 0, 10, 20, 30];

    private static readonly PreprocessorConfig Exact = new() { ResizeWidth = 2, ResizeHeight = 1 };

    public static TheoryData<string> GoldenCrops => [.. GoldenPhoto.All.Select(photo => Path.GetFileNameWithoutExtension(photo.File))];

    [Theory]
    [MemberData(nameof(GoldenCrops))]
    public void Process_GoldenPhoto_IsPillowsCrop(string photo)
    {
        var source = Directory.GetFiles(TestData.Path("squeezenet", "photos"), photo + ".*").Single();
        var expected = Decoding.Decode(TestData.Path("squeezenet", "exact-224", photo + ".png")).Rgb;
        var preprocessor = new Preprocessor(
            new PreprocessorConfig { ShortestEdge = 256, CropWidth = 224, CropHeight = 224 }, TensorLayout.Nhwc, TensorElement.UInt8, 3);
        var difference = Difference.Between(preprocessor.Process(source, JpegScale.Full), expected);

        // ImageSharp decodes JPEG's chroma without libjpeg's smoothing, which shows at edges of colour.
        Assert.InRange(difference.Max, 0, Repository.IsSkia ? 1 : 60);
        Assert.InRange(difference.Mean, 0, Repository.IsSkia ? 0.05 : 1);
    }

    [Fact]
    public void Process_FlippedChannels_SubtractsRgbMeansThenGivesBgrPlanes()
    {
        var config = Exact with { Mean = [1, 2, 3], Std = [1, 2, 4], FlipChannelOrder = true };

        Assert.Equal([(0 - 3) / 4f, (30 - 3) / 4f, (0 - 2) / 2f, (20 - 2) / 2f, 255 - 1, 10 - 1], Floats(config, TensorLayout.Nchw));
    }

    [Fact]
    public void Process_Nhwc_KeepsChannelsOfAPixelTogether()
        => Assert.Equal([1, 0, 0, 10 / 255f, 20 / 255f, 30 / 255f], Floats(Exact with { RescaleFactor = 1.0 / 255 }, TensorLayout.Nhwc));

    [Fact]
    public void Process_Float16_RoundsToHalf()
    {
        var tensor = Process(Exact with { RescaleFactor = 1.0 / 255 }, TensorLayout.Nhwc, TensorElement.Float16, 3);

        Assert.Equal([(Half)1f, (Half)0f, (Half)0f, (Half)(10 / 255f), (Half)(20 / 255f), (Half)(30 / 255f)], MemoryMarshal.Cast<byte, Half>(tensor).ToArray());
    }

    [Fact]
    public void Process_OneChannel_IsPillowsLuma()
        // Pillow: Image.new("RGB", (1, 1), colour).convert("L") gives 76 for (255, 0, 0) and 18 for (10, 20, 30).
        => Assert.Equal([76, 18], Process(Exact, TensorLayout.Nchw, TensorElement.UInt8, 1));

    [Fact]
    public void Process_CropLargerThanImage_PadsWithBlackAround()
        // As transformers' center_crop: a 2 x 1 image in a 4 x 3 crop starts at column 1, row 1.
        => Assert.Equal(
            [0, 0, 0, 0, 0, 76, 18, 0, 0, 0, 0, 0],
            Process(new PreprocessorConfig { CropWidth = 4, CropHeight = 3 }, TensorLayout.Nchw, TensorElement.UInt8, 1));

    [Theory]
    [InlineData(1, 60_000)]
    [InlineData(60_000, 1)]
    public void Process_ExtremeRatio_StaysInBounds(int width, int height)
    {
        using var image = new RawImage(width, height, [.. Enumerable.Repeat((byte)200, width * height * 3)]);
        var preprocessor = new Preprocessor(
            new PreprocessorConfig { ShortestEdge = 256, CropWidth = 224, CropHeight = 224 }, TensorLayout.Nchw, TensorElement.UInt8, 3);
        var tensor = new byte[preprocessor.TensorBytes];
        preprocessor.Process(image, tensor, new Stopwatch(), CancellationToken.None);

        Assert.All(tensor, value => Assert.Equal(200, value));
    }

    [Fact]
    public void Process_Cancelled_Throws()
    {
        using var image = Two();
        var preprocessor = new Preprocessor(Exact, TensorLayout.Nchw, TensorElement.UInt8, 3);

        Assert.ThrowsAny<OperationCanceledException>(() => preprocessor.Process(image, new byte[preprocessor.TensorBytes], new Stopwatch(), new CancellationToken(canceled: true)));
    }

    [Fact]
    public void Constructor_SizeDependsOnImage_Throws()
        => Assert.Throws<ArgumentException>(() => new Preprocessor(new PreprocessorConfig { ShortestEdge = 256 }, TensorLayout.Nchw, TensorElement.Float32, 3));

    private static float[] Floats(PreprocessorConfig config, TensorLayout layout)
        => MemoryMarshal.Cast<byte, float>(Process(config, layout, TensorElement.Float32, 3)).ToArray();

    private static byte[] Process(PreprocessorConfig config, TensorLayout layout, TensorElement element, int channels)
    {
        using var image = Two();
        var preprocessor = new Preprocessor(config, layout, element, channels);
        var tensor = new byte[preprocessor.TensorBytes];
        preprocessor.Process(image, tensor, new Stopwatch(), CancellationToken.None);
        return tensor;
    }

    private static RawImage Two() => new(2, 1, TwoPixels);
}
