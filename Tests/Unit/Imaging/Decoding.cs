using System.Diagnostics;
using ClassifierFunctions.Imaging;
using ClassifierFunctions.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace ClassifierFunctions.Tests.Unit.Imaging;

/// <summary>The decoder of this build's flavour.</summary>
internal static class Decoding
{
    public static IImageDecoder Decoder(Action<LimitsOptions>? configure = null)
        => new ServiceCollection()
            .AddImaging()
            .AddSingleton<Microsoft.Extensions.Configuration.IConfiguration>(new Microsoft.Extensions.Configuration.ConfigurationManager())
            .PostConfigure<LimitsOptions>(limits => configure?.Invoke(limits))
            .BuildServiceProvider()
            .GetRequiredService<IImageDecoder>();

    public static EncodedImage Open(string path) => Decoder().Open(File.ReadAllBytes(path), CancellationToken.None);

    public static UprightPixels Decode(string path)
    {
        using var image = Open(path);
        return UprightPixels.Read(image);
    }

    /// <summary>Opens and decodes all of an image.</summary>
    public static UprightPixels Decode(this IImageDecoder decoder, ReadOnlyMemory<byte> encoded)
    {
        using var image = decoder.Open(encoded, CancellationToken.None);
        return UprightPixels.Read(image);
    }

    /// <summary>One image's tensor; at its own choice of scale, or at the given one.</summary>
    public static byte[] Process(this Preprocessor preprocessor, byte[] encoded, int? eighths = null)
    {
        using var image = Decoder().Open(encoded, CancellationToken.None);
        var tensor = new byte[preprocessor.TensorBytes];
        if (eighths is { } scale)
            preprocessor.Process(image, tensor, scale, new Stopwatch(), CancellationToken.None);
        else
            preprocessor.Process(image, tensor, new Stopwatch(), CancellationToken.None);
        return tensor;
    }

    public static byte[] Process(this Preprocessor preprocessor, string path, int? eighths = null) => preprocessor.Process(File.ReadAllBytes(path), eighths);
}
