using ClassifierFunctions.Imaging;
using Microsoft.Extensions.DependencyInjection;

namespace ClassifierFunctions.Tests.Unit.Imaging;

/// <summary>The decoder of this build's flavour.</summary>
internal static class Decoding
{
    public static IImageDecoder Decoder(int maxPixels = 50_000_000)
        => new ServiceCollection()
            .AddImaging()
            .AddSingleton<Microsoft.Extensions.Configuration.IConfiguration>(new Microsoft.Extensions.Configuration.ConfigurationManager())
            .PostConfigure<LimitsOptions>(limits => limits.MaxImagePixels = maxPixels)
            .BuildServiceProvider()
            .GetRequiredService<IImageDecoder>();

    public static DecodedImage Decode(string path) => Decoder().Decode(File.ReadAllBytes(path), CancellationToken.None);
}
