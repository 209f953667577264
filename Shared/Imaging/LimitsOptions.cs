using System.ComponentModel.DataAnnotations;

namespace ClassifierFunctions.Imaging;

/// <summary>What one request or upload may cost. Bound from <c>Limits__…</c>.</summary>
public sealed class LimitsOptions
{
    public const string Section = "Limits";

    // Room for the parts of a multipart body or the braces of a JSON one.
    private const long EnvelopeBytes = 64 * 1024;

    // What the Azure Functions host itself accepts at most.
    private const long HostRequestBytes = 100L * 1024 * 1024;

    /// <summary>Largest encoded image.</summary>
    /// <value>Bytes, default 20,000,000; 1 to 1,000,000,000.</value>
    [Range(1, 1_000_000_000, ErrorMessage = "Limits__MaxImageBytes must be 1 to 1000000000 bytes")]
    public int MaxImageBytes { get; set; } = 20_000_000;

    /// <summary>Largest width times height, read from the image's header before pixels are allocated.</summary>
    /// <value>Pixels, default 50,000,000; 1 to 500,000,000. What a pixel costs is bounded by <see cref="DecodeMemoryMB"/>.</value>
    [Range(1, 500_000_000, ErrorMessage = "Limits__MaxImagePixels must be 1 to 500000000 pixels")]
    public int MaxImagePixels { get; set; } = 50_000_000;

    /// <summary>Most processor time to decode one image. A small file can cost much: each scan of a progressive JPEG visits the whole picture.</summary>
    /// <value>Milliseconds, default 1500, which is several times what the largest ordinary image takes; 10 to 600,000.</value>
    [Range(10, 600_000, ErrorMessage = "Limits__MaxDecodeMilliseconds must be 10 to 600000 milliseconds")]
    public int MaxDecodeMilliseconds { get; set; } = 1500;

    /// <summary>Memory that all decodes at the same time may take together; an image waits until there is enough of it.</summary>
    /// <value>
    /// Megabytes, default 420: a lossless WebP of 50,000,000 pixels in 20 MB. Only interlaced PNG with 16 bits a channel takes more; 16 to 100,000.
    /// </value>
    [Range(16, 100_000, ErrorMessage = "Limits__DecodeMemoryMB must be 16 to 100000 megabytes")]
    public int DecodeMemoryMB { get; set; } = 420;

    /// <summary>Most images in one request.</summary>
    /// <value>Default 32; 1 to 1000.</value>
    [Range(1, 1000, ErrorMessage = "Limits__MaxImagesPerRequest must be 1 to 1000")]
    public int MaxImagesPerRequest { get; set; } = 32;

    internal long DecodeMemoryBytes => DecodeMemoryMB * 1_000_000L;

    internal TimeSpan MaxDecodeTime => TimeSpan.FromMilliseconds(MaxDecodeMilliseconds);

    /// <summary>Most bytes of a whole request: the host's own limit, or one largest image as base64 where that is more.</summary>
    public long MaxRequestBytes => Math.Max(HostRequestBytes, ((MaxImageBytes + 2L) / 3 * 4) + EnvelopeBytes);
}
