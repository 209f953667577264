using System.Globalization;

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

        var half = resident.Skip(Samples / 2).ToArray();
        var (meanX, meanY) = ((half.Length - 1) / 2.0, half.Average());
        var sumXx = half.Select((_, x) => (x - meanX) * (x - meanX)).Sum();
        var slope = half.Select((y, x) => (x - meanX) * (y - meanY)).Sum() / sumXx;
        var error = Math.Sqrt(half.Select((y, x) => y - meanY - (slope * (x - meanX))).Sum(rest => rest * rest) / (half.Length - 2) / sumXx);
        var perImage = Samples / (double)images;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"Second half: {slope * perImage:0.0} +- {error * perImage:0.0} bytes per image (least squares over {half.Length} samples, standard error)"));
    }
}
