using BenchmarkDotNet.Attributes;
using ClassifierFunctions.Imaging;
using SkiaSharp;

namespace ClassifierFunctions.Benchmarks;

/// <summary>The parts of ours, each beside the plain way to do it.</summary>
public class StageBenchmarks : IDisposable
{
    private const int Edge = 256;
    private const int Crop = 224;

    private byte[] _encoded = [];
    private SKBitmap _bitmap = new();
    private byte[] _pixels = [];
    private byte[] _line = [];
    private readonly float[] _tensor = new float[3 * Crop * Crop];

    [ParamsSource(nameof(AllPhotos))]
    public string Photo { get; set; } = "";

    public static IEnumerable<string> AllPhotos => ["coffee-12mp-portrait.jpg", "cat-1000x1000.jpg", "pizza-640x404.jpg", "kodim23-768x512.png"];

    [GlobalSetup]
    public void Setup()
    {
        _encoded = Photos.Read(Photo);
        _bitmap = SKBitmap.Decode(_encoded).Copy(SKColorType.Rgba8888);
        _pixels = [.. _bitmap.GetPixelSpan(), .. new byte[PixelBuffer.Slack]];
        _line = new byte[Crop * 4];
        new Random(1).NextBytes(_line);
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _bitmap.Dispose();
        GC.SuppressFinalize(this);
    }

    [Benchmark(Baseline = true)]
    public int DecodeRegionScaled() => Decode(JpegScale.For(Contenders.Config, Contenders.Plan(_bitmap.Width, _bitmap.Height), _bitmap.Width, _bitmap.Height));

    [Benchmark]
    public int DecodeRegion() => Decode(JpegScale.Full);

    [Benchmark]
    public object DecodeWholeBySkiaSharp() => SKBitmap.Decode(_encoded);

    [Benchmark]
    public int ResizeVectorised() => Resize(vectorised: true);

    [Benchmark]
    public int ResizeScalar() => Resize(vectorised: false);

    [Benchmark]
    public object ResizeBySkiaSharp() => Contenders.ResizeShortestEdge(_bitmap);

    [Benchmark]
    public object TensorByTable()
    {
        var tensor = System.Runtime.InteropServices.MemoryMarshal.AsBytes(_tensor.AsSpan());
        for (var y = 0; y < Crop; y++)
            Contenders.Writer.Write(_line, 4, 0, y, down: false, tensor);
        return _tensor;
    }

    private int Decode(int eighths)
    {
        using var image = Contenders.Decoder.Open(_encoded, CancellationToken.None);
        using var columns = Kernel(image.StoredWidth, alongWidth: true, eighths);
        using var rows = Kernel(image.StoredHeight, alongWidth: false, eighths);
        var ((left, right), (top, bottom)) = (columns.SourceRange, rows.SourceRange);
        using var reader = image.Read(image.SupportedScale(eighths), new PixelRegion(left, top, right - left, bottom - top), CancellationToken.None);
        var count = 0;
        while (reader.Read() is { Count: > 0 } read)
            count += read.Count;
        return count;
    }

    private int Resize(bool vectorised)
    {
        using var columns = Kernel(_bitmap.Width, alongWidth: true, JpegScale.Full);
        using var rows = Kernel(_bitmap.Height, alongWidth: false, JpegScale.Full);
        using var ring = new RowRing(columns.Count * 4, rows.MaxTaps);
        using var line = new PixelBuffer(columns.Count * 4);
        var entry = 0;
        for (var y = rows.SourceRange.Start; y < rows.SourceRange.End; y++)
        {
            var row = _pixels.AsSpan(y * _bitmap.Width * 4);
            if (vectorised)
                Convolution.AlongRow(row, 0, 4, columns, ring.Row(y));
            else
                Convolution.AlongRowScalar(row, 0, 4, columns, ring.Row(y));
            for (; entry < rows.Count && rows.End(entry) == y + 1; entry++)
            {
                if (vectorised)
                    Convolution.AcrossRows(ring, rows, entry, line.Span);
                else
                    Convolution.AcrossRowsScalar(ring, rows, entry, line.Span);
            }
        }

        return entry;
    }

    private PillowKernel Kernel(int size, bool alongWidth, int eighths)
    {
        var plan = Contenders.Plan(_bitmap.Width, _bitmap.Height);
        var axis = alongWidth
            ? new ResampleAxis(JpegScale.Size(size, eighths), size * eighths / (double)JpegScale.Full, plan.Width, plan.X, Crop)
            : new ResampleAxis(JpegScale.Size(size, eighths), size * eighths / (double)JpegScale.Full, plan.Height, plan.Y, Crop);
        return new PillowKernel(ResampleFilter.Bilinear, axis);
    }
}
