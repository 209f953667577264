using System.Diagnostics;

namespace ClassifierFunctions.Imaging;

/// <summary>Decodes, resizes, crops, reorders, rescales and normalises an image into a tensor, in one pass over its rows.</summary>
/// <remarks>
/// 1. Plan: which part of the picture is wanted, at which size, and at which scale a JPEG is decoded.
/// 2. Make the weights of both directions, turned as the picture is stored: no pixel is ever moved to set it upright.
/// 3. Decode the rows and columns that those weights need, some rows at a time.
/// 4. Resize them as they come.
/// 5. Write each finished line into the tensor.
/// </remarks>
internal sealed class Preprocessor
{
    private readonly PreprocessorConfig _config;
    private readonly TensorShape _shape;
    private readonly TensorWriter _writer;

    /// <param name="config">Steps and constants.</param>
    /// <param name="layout">Order of the tensor's dimensions.</param>
    /// <param name="element">Type of the tensor's elements.</param>
    /// <param name="channels">1 (grey, as Pillow's mode "L") or 3.</param>
    /// <exception cref="ArgumentException">The output's size depends on the image.</exception>
    public Preprocessor(PreprocessorConfig config, TensorLayout layout, TensorElement element, int channels)
    {
        var (width, height) = config.OutputSize
            ?? throw new ArgumentException("the size of the preprocessed image is not fixed: set crop_size, or size to {height, width}", nameof(config));
        _config = config;
        _shape = new TensorShape(width, height, channels, layout, element);
        _writer = TensorWriter.Create(config, _shape);
    }

    public int Width => _shape.Width;

    public int Height => _shape.Height;

    /// <summary>Bytes of one image's tensor.</summary>
    public int TensorBytes => _shape.Bytes;

    /// <summary>Writes one image's tensor.</summary>
    /// <param name="image">Any size; may be read once.</param>
    /// <param name="tensor"><see cref="TensorBytes"/> long.</param>
    /// <param name="decoding">Runs while the codec works, and only then.</param>
    /// <param name="cancellationToken">Checked between rows.</param>
    /// <exception cref="Results.ClassifierException">The image is damaged, cut off, or takes too long to decode.</exception>
    public void Process(EncodedImage image, Span<byte> tensor, Stopwatch decoding, CancellationToken cancellationToken)
        => Process(image, tensor, Scale(image), decoding, cancellationToken);

    /// <summary>The same at a given scale of a JPEG; tests compare scales.</summary>
    internal void Process(EncodedImage image, Span<byte> tensor, int eighths, Stopwatch decoding, CancellationToken cancellationToken)
    {
        // :: Step 1
        var plan = Plan(image);
        eighths = image.SupportedScale(eighths);
        if ((plan.PartWidth, plan.PartHeight) != (Width, Height))
            _writer.Blacken(tensor);

        // :: Step 2
        using var columns = Kernel(image, plan, eighths, alongStoredRows: true);
        using var rows = Kernel(image, plan, eighths, alongStoredRows: false);
        var ((left, right), (top, bottom)) = (columns.SourceRange, rows.SourceRange);
        var region = new PixelRegion(left, top, right - left, bottom - top);

        // :: Step 3
        decoding.Start();
        using var reader = image.Read(eighths, region, cancellationToken);
        decoding.Stop();
        using var resize = new StreamingResize(columns, rows, region, reader.Channels, image.LiesOnSide);
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            decoding.Start();
            var pixels = reader.Read();
            decoding.Stop();
            if (pixels.Count == 0)
                return;

            // :: Step 4
            for (var row = 0; row < pixels.Count; row++)
            {
                resize.Add(pixels.Row(row));
                // :: Step 5
                while (resize.TryTake(out var line, out var position))
                {
                    var (x, y) = image.LiesOnSide ? (plan.Left + position, plan.Top) : (plan.Left, plan.Top + position);
                    _writer.Write(line, reader.Channels, x, y, image.LiesOnSide, tensor);
                }
            }
        }
    }

    /// <summary>The scale in eighths that a JPEG is decoded at, if its codec has it.</summary>
    internal int Scale(EncodedImage image) => JpegScale.For(_config, Plan(image), image.Width, image.Height);

    private ResizePlan Plan(EncodedImage image) => ResizePlan.For(_config, Width, Height, image.Width, image.Height);

    private ResampleKernel Kernel(EncodedImage image, ResizePlan plan, int eighths, bool alongStoredRows)
    {
        var stored = alongStoredRows ? image.StoredWidth : image.StoredHeight;
        var (size, extent) = (JpegScale.Size(stored, eighths), (double)stored * eighths / JpegScale.Full);
        // Along the stored rows lies the picture's width, or its height when it lies on its side.
        var isHeight = alongStoredRows == image.LiesOnSide;
        var axis = isHeight
            ? new ResampleAxis(size, extent, plan.Height, plan.Y, plan.PartHeight, image.MirroredY)
            : new ResampleAxis(size, extent, plan.Width, plan.X, plan.PartWidth, image.MirroredX);
        return ResampleKernel.Create(_config, axis, isHeight);
    }
}
