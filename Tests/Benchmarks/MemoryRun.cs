using System.Globalization;
using ClassifierFunctions.Tests.Load;

namespace ClassifierFunctions.Benchmarks;

/// <summary>Decodes and preprocesses all photos over and over, and prints what that allocates and leaves in resident memory.</summary>
internal static class MemoryRun
{
    private const int Samples = 40;

    /// <param name="images">How many images in all.</param>
    public static void Print(int images)
    {
        var photos = Photos.Names.Select(Photos.Read).ToArray();
        var resident = new List<double>();
        var allocated = 0L;
        for (var i = 1; i <= images; i++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            Contenders.Ours(photos[i % photos.Length]);
            allocated += GC.GetAllocatedBytesForCurrentThread() - before;
            if (i % (images / Samples) != 0)
                continue;
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            resident.Add(Environment.WorkingSet);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{i} images: {resident[^1] / 1e6:0.00} MB resident, {allocated / (double)i:0} bytes allocated per image"));
        }

        var half = resident.Skip(Samples / 2).Select((bytes, i) => ((double)i, bytes)).ToArray();
        var (slope, error) = Statistics.Line(half);
        var perImage = Samples / (double)images;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"Second half: {slope * perImage:0.0} +- {error * perImage:0.0} bytes per image (least squares over {half.Length} samples, standard error)"));
    }
}
