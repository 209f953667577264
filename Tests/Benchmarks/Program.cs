using System.Diagnostics;
using System.Globalization;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using ClassifierFunctions.Benchmarks;
using ClassifierFunctions.Benchmarks.Serving;
using ImageMagick;

if (ServingCommands.Run(args) is { } serving)
{
    await serving;
    return;
}

// One core for everyone: what a request costs, not how many cores a library can take from the requests beside it.
if (OperatingSystem.IsLinux() || OperatingSystem.IsWindows())
    Process.GetCurrentProcess().ProcessorAffinity = 1 << (Environment.ProcessorCount - 1);
NetVips.NetVips.Concurrency = 1;
NetVips.Cache.Max = 0;
ResourceLimits.Thread = 1;

if (args is ["memory", .. var rest])
{
    MemoryRun.Print(rest is [var images] ? int.Parse(images, CultureInfo.InvariantCulture) : 20_000);
    return;
}

var job = Job.Default.WithToolchain(InProcessEmitToolchain.Instance).WithWarmupCount(3).WithIterationCount(10).WithIterationTime(Perfolizer.Horology.TimeInterval.FromMilliseconds(150));
var summaries = BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args, ManualConfig.Create(DefaultConfig.Instance).AddJob(job));
foreach (var summary in summaries)
    Console.WriteLine(RatioTable.Of(summary));
