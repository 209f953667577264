using ClassifierFunctions.Imaging;
using ClassifierFunctions.Results;
using ClassifierFunctions.Tests.Support;

namespace ClassifierFunctions.Tests.Unit.Imaging;

public sealed class HostileImageTests
{
    // What the data's README allows a correct decoder.
    private const double Tolerance = 3;

    private static readonly Preprocessor Crop224 = new(
        new PreprocessorConfig { ShortestEdge = 256, CropWidth = 224, CropHeight = 224 }, TensorLayout.Nchw, TensorElement.UInt8, 3);

    // Damaged files that libjpeg and Pillow can make something of, and ImageSharp cannot.
    private static readonly string[] RefusedByImageSharp =
    [
        "files/gif__issue-209-extension-block-type.gif",
        "files/jpeg-decoder__id_000227_src_000000_op_flip2_pos_503_+cov.jpg",
        "files/pillow__pal8badindex.bmp",
        "files/pillow__photoshop-200dpi-broken.jpg",
        "files/zune-image__re.jpg",
    ];

    public static TheoryData<string> Files => [.. HostileImage.All.Select(image => image.File)];

    // ImageSharp draws a frame that reaches beyond its canvas otherwise than everybody else.
    public static TheoryData<string> GoodFiles =>
        [.. HostileImage.All.Where(image => image.MustLookTheSame && (Repository.IsSkia || image.File != "files/image__oob.gif")).Select(image => image.File)];

    [Theory]
    [MemberData(nameof(Files))]
    public void Process_HostileFile_GivesPixelsOrAnErrorOfTheCaller(string file)
    {
        var image = HostileImage.All.Single(image => image.File == file);
        if (image.MustBeClassified && (Repository.IsSkia || !RefusedByImageSharp.Contains(file)))
        {
            Crop224.Process(image.Bytes);
            return;
        }

        try
        {
            Crop224.Process(image.Bytes);
        }
        catch (ClassifierException failure)
        {
            Assert.Contains(failure.Error, (ClassifierError[])[
                ClassifierError.EmptyImage, ClassifierError.TooManyPixels, ClassifierError.UnsupportedImage, ClassifierError.UndecodableImage]);
        }
    }

    [Theory]
    [MemberData(nameof(GoodFiles))]
    public void Decode_OddButGoodFile_LooksAsInPillow(string file)
    {
        var image = HostileImage.All.Single(image => image.File == file);
        var pixels = Decoding.Decoder().Decode(image.Bytes);

        AssertMean(image.MeanRgb!, pixels, 0, 0, pixels.Width, pixels.Height);
        if (image.QuarterMeans is not { } quarters)
            return;
        var (halfWidth, halfHeight) = (pixels.Width / 2, pixels.Height / 2);
        AssertMean(quarters[0], pixels, 0, 0, halfWidth, halfHeight);
        AssertMean(quarters[1], pixels, halfWidth, 0, pixels.Width, halfHeight);
        AssertMean(quarters[2], pixels, 0, halfHeight, halfWidth, pixels.Height);
        AssertMean(quarters[3], pixels, halfWidth, halfHeight, pixels.Width, pixels.Height);
    }

    private static void AssertMean(double[] expected, UprightPixels pixels, int left, int top, int right, int bottom)
    {
        var sums = new double[3];
        for (var y = top; y < bottom; y++)
        {
            for (var x = left; x < right; x++)
            {
                for (var c = 0; c < 3; c++)
                    sums[c] += pixels.Rgb[(((y * pixels.Width) + x) * 3) + c];
            }
        }

        for (var c = 0; c < 3; c++)
            Assert.InRange(sums[c] / ((right - left) * (bottom - top)), expected[c] - Tolerance, expected[c] + Tolerance);
    }
}
