using System.Diagnostics;
using ClassifierFunctions.Imaging;
using ClassifierFunctions.Tests.Support;

namespace ClassifierFunctions.Tests.Unit.Imaging;

/// <summary>Resizes of a picture made by a formula, against what Pillow and OpenCV made of it.</summary>
public sealed class ResampleGoldenTests
{
    public static TheoryData<int> Orientations => [.. Enumerable.Range(1, 8)];

    [Theory]
    [MemberData(nameof(Orientations))]
    public void Process_EveryPillowFilter_IsPillowsResult(int orientation)
        => Assert.All(Golden("pillow"), golden => Assert.True(golden.Is(Process(golden, 3, orientation)), golden.ToString()));

    [Theory]
    [MemberData(nameof(Orientations))]
    public void Process_OneChannel_IsPillowsResizeThenGrey(int orientation)
        => Assert.All(Golden("pillow-grey"), golden => Assert.True(golden.Is(Process(golden, 1, orientation)), golden.ToString()));

    [Theory]
    [MemberData(nameof(Orientations))]
    public void Process_NotAntialiased_IsOpenCvsResult(int orientation)
        => Assert.All(Golden("opencv"), golden => Assert.True(golden.Is(Process(golden, 3, orientation)), golden.ToString()));

    [Theory]
    [MemberData(nameof(Orientations))]
    public void Process_OneChannelNotAntialiased_IsOpenCvsResizeThenGrey(int orientation)
        => Assert.All(Golden("opencv-grey"), golden => Assert.True(golden.Is(Process(golden, 1, orientation)), golden.ToString()));

    private static ResizeGolden[] Golden(string kind)
    {
        ResizeGolden[] all = [.. ResizeGolden.All.Where(golden => golden.Kind == kind)];
        Assert.NotEmpty(all);
        return all;
    }

    private static byte[] Process(ResizeGolden golden, int channels, int orientation)
    {
        var config = new PreprocessorConfig
        {
            ResizeWidth = golden.TargetWidth,
            ResizeHeight = golden.TargetHeight,
            Resample = (ResampleFilter)golden.Filter,
            Antialias = !golden.Kind.StartsWith("opencv", StringComparison.Ordinal),
        };
        var preprocessor = new Preprocessor(config, TensorLayout.Nhwc, TensorElement.UInt8, channels);
        using var image = golden.Source().Store(orientation);
        var tensor = new byte[preprocessor.TensorBytes];
        preprocessor.Process(image, tensor, new Stopwatch(), CancellationToken.None);
        return tensor;
    }
}
