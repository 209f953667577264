using ClassifierFunctions.Results;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Formats;
using SixLabors.ImageSharp.Formats.Jpeg;
using SixLabors.ImageSharp.PixelFormats;

namespace ClassifierFunctions.Imaging;

/// <summary>How ImageSharp is called.</summary>
internal static class ImageSharpCodec
{
    // Small, so that the stream is asked often enough to stop a decode in time.
    private static readonly SixLabors.ImageSharp.Configuration Codecs = CreateConfiguration();

    public static DecoderOptions Options(Size? targetSize = null)
        => new() { Configuration = Codecs, MaxFrames = 1, TargetSize = targetSize };

    /// <summary>Decodes the first frame.</summary>
    /// <param name="format">The content's format.</param>
    /// <param name="stream">The content.</param>
    /// <param name="size">Of a JPEG: the size of one of its scales.</param>
    public static Image<Rgba32> Decode(ImageFormat format, Stream stream, Size size) => format == ImageFormat.Jpeg
        ? JpegDecoder.Instance.Decode<Rgba32>(new JpegDecoderOptions { GeneralOptions = Options(size), ResizeMode = JpegDecoderResizeMode.IdctOnly }, stream)
        : Image.Load<Rgba32>(Options(), stream);

    /// <summary>Runs a call of ImageSharp. Besides its own exceptions, damaged files make it throw NullReferenceException and others.</summary>
    /// <exception cref="ClassifierException">The content is damaged or cut off, or takes too long.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static T Run<T>(ImageFormat format, DecodeMeter meter, Func<T> call)
    {
        try
        {
            return call();
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            meter.ThrowIfStopped(format);
            throw DecodeFailures.Undecodable(format, "it is damaged or cut off", failure);
        }
    }

    private static SixLabors.ImageSharp.Configuration CreateConfiguration()
    {
        var configuration = SixLabors.ImageSharp.Configuration.Default.Clone();
        configuration.StreamProcessingBufferSize = 1024;
        return configuration;
    }
}
