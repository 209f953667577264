using ClassifierFunctions.Configuration;
using ClassifierFunctions.Imaging;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ClassifierFunctions.Tests.Training;

/// <summary>The engine's parts that training uses.</summary>
internal static class Engine
{
    private static readonly ServiceProvider Services = new ServiceCollection()
        .AddLogging()
        .AddSingleton<IConfiguration>(new ConfigurationManager())
        .AddClassifier()
        .BuildServiceProvider();

    public static IImageDecoder Decoder => Services.GetRequiredService<IImageDecoder>();

    /// <summary>What training reads samples with: the size of the model, as bytes.</summary>
    public static Preprocessor BytePreprocessor() => new(
        new PreprocessorConfig { ShortestEdge = 224, CropWidth = 224, CropHeight = 224, Resample = ResampleFilter.Bilinear, RescaleFactor = 1 },
        TensorLayout.Nchw, TensorElement.UInt8, channels: 3);
}
