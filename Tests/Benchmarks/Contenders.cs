using System.Diagnostics;
using ClassifierFunctions.Imaging;
using ImageMagick;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.ML.OnnxRuntime.Tensors;
using NetVips;
using SkiaSharp;

namespace ClassifierFunctions.Benchmarks;

/// <summary>
/// Ways to make a 224 x 224 input of an encoded photo: shortest edge to 256, centre crop. Ours and the blog posts' give the normalised tensor; the
/// libraries only bytes, which flatters them.
/// </summary>
internal static class Contenders
{
    private const int Edge = 256;
    private const int Crop = 224;
    private const int Margin = (Edge - Crop) / 2;

    internal static readonly PreprocessorConfig Config = new()
    {
        ShortestEdge = Edge,
        CropWidth = Crop,
        CropHeight = Crop,
        RescaleFactor = 1.0 / 255,
        Mean = [0.485, 0.456, 0.406],
        Std = [0.229, 0.224, 0.225],
    };

    private static readonly Preprocessor Preprocessor = new(Config, TensorLayout.Nchw, TensorElement.Float32, 3);

    internal static readonly TensorWriter Writer = TensorWriter.Create(Config, new TensorShape(Crop, Crop, 3, TensorLayout.Nchw, TensorElement.Float32));

    private static readonly byte[] Tensor = new byte[Preprocessor.TensorBytes];

    internal static readonly IImageDecoder Decoder = new ServiceCollection()
        .AddImaging()
        .AddSingleton<IConfiguration>(new ConfigurationManager())
        .BuildServiceProvider()
        .GetRequiredService<IImageDecoder>();

    public static ResizePlan Plan(int width, int height) => ResizePlan.For(Config, Crop, Crop, width, height);

    public static byte[] Ours(byte[] encoded)
    {
        using var image = Decoder.Open(encoded, CancellationToken.None);
        Preprocessor.Process(image, Tensor, new Stopwatch(), CancellationToken.None);
        return Tensor;
    }

    /// <summary>Ours without the scaled decode: the same bytes as Pillow.</summary>
    public static byte[] OursFullDecode(byte[] encoded)
    {
        using var image = Decoder.Open(encoded, CancellationToken.None);
        Preprocessor.Process(image, Tensor, JpegScale.Full, new Stopwatch(), CancellationToken.None);
        return Tensor;
    }

    /// <summary>libvips: shrinks while it decodes; then a copy of the pixels.</summary>
    public static byte[] NetVipsThumbnail(byte[] encoded)
    {
        using var square = Image.ThumbnailBuffer(encoded, Edge, height: Edge, crop: Enums.Interesting.Centre);
        using var crop = square.Crop(Margin, Margin, Crop, Crop);
        return crop.WriteToMemory<byte>();
    }

    /// <summary>The same straight to 224: another picture than the model was trained on, but the least work.</summary>
    public static byte[] NetVipsThumbnail224(byte[] encoded)
    {
        using var square = Image.ThumbnailBuffer(encoded, Crop, height: Crop, crop: Enums.Interesting.Centre);
        return square.WriteToMemory<byte>();
    }

    public static byte[] MagickNet(byte[] encoded)
    {
        using var image = new MagickImage(encoded);
        image.AutoOrient();
        image.FilterType = FilterType.Triangle;
        image.Resize(new MagickGeometry(Edge, Edge) { FillArea = true });
        image.Crop(Crop, Crop, Gravity.Center);
        using var pixels = image.GetPixels();
        return pixels.ToByteArray(PixelMapping.RGB)!;
    }

    /// <summary>A full decode and Skia's own resize.</summary>
    public static byte[] SkiaSharpResize(byte[] encoded)
    {
        using var bitmap = SKBitmap.Decode(encoded);
        using var resized = ResizeShortestEdge(bitmap);
        using var crop = new SKBitmap();
        resized.ExtractSubset(crop, SKRectI.Create((resized.Width - Crop) / 2, (resized.Height - Crop) / 2, Crop, Crop));
        using var copy = crop.Copy();
        return copy.Bytes;
    }

    /// <summary>A full decode, the library's resize, and a loop over pixels into a tensor, as blog posts write it.</summary>
    public static Tensor<float> BlogPostLoop(byte[] encoded)
    {
        using var bitmap = SKBitmap.Decode(encoded);
        using var resized = ResizeShortestEdge(bitmap);
        var (left, top) = ((resized.Width - Crop) / 2, (resized.Height - Crop) / 2);
        var tensor = new DenseTensor<float>([1, 3, Crop, Crop]);
        for (var y = 0; y < Crop; y++)
        {
            for (var x = 0; x < Crop; x++)
            {
                var pixel = resized.GetPixel(left + x, top + y);
                tensor[0, 0, y, x] = ((pixel.Red / 255f) - 0.485f) / 0.229f;
                tensor[0, 1, y, x] = ((pixel.Green / 255f) - 0.456f) / 0.224f;
                tensor[0, 2, y, x] = ((pixel.Blue / 255f) - 0.406f) / 0.225f;
            }
        }

        return tensor;
    }

    internal static SKBitmap ResizeShortestEdge(SKBitmap bitmap)
    {
        var shortest = Math.Min(bitmap.Width, bitmap.Height);
        var size = new SKSizeI(Edge * bitmap.Width / shortest, Edge * bitmap.Height / shortest);
        return bitmap.Resize(size, new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear));
    }
}
