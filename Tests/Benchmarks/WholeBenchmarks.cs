using BenchmarkDotNet.Attributes;

namespace ClassifierFunctions.Benchmarks;

/// <summary>Encoded bytes to a model's input.</summary>
public class WholeBenchmarks
{
    private byte[] _encoded = [];

    [ParamsSource(nameof(AllPhotos))]
    public string Photo { get; set; } = "";

    public static IEnumerable<string> AllPhotos => Photos.Names;

    [GlobalSetup]
    public void Setup() => _encoded = Photos.Read(Photo);

    [Benchmark(Baseline = true)]
    public object Ours() => Contenders.Ours(_encoded);

    [Benchmark]
    public object OursFullDecode() => Contenders.OursFullDecode(_encoded);

    [Benchmark]
    public object NetVipsThumbnail() => Contenders.NetVipsThumbnail(_encoded);

    [Benchmark]
    public object NetVipsThumbnail224() => Contenders.NetVipsThumbnail224(_encoded);

    [Benchmark]
    public object SkiaSharpResize() => Contenders.SkiaSharpResize(_encoded);

    [Benchmark]
    public object MagickNet() => Contenders.MagickNet(_encoded);

    [Benchmark]
    public object BlogPostLoop() => Contenders.BlogPostLoop(_encoded);
}
