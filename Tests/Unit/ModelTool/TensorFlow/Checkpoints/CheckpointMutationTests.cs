using System.Security.Cryptography;
using ClassifierFunctions.Imaging;
using ClassifierFunctions.ModelTool.TensorFlow;
using ClassifierFunctions.ModelTool.TensorFlow.Checkpoints;
using ClassifierFunctions.Tests.Support;
using ClassifierFunctions.Tests.Support.TensorFlow;

namespace ClassifierFunctions.Tests.Unit.ModelTool.TensorFlow.Checkpoints;

/// <summary>Checkpoints with a few changes: an error that says so, or exactly what was there before, and that soon.</summary>
public sealed class CheckpointMutationTests : IDisposable
{
    private const int Seed = 20261124;

    private readonly TemporaryFolder _folder = new();

    private string Prefix => Path.Combine(_folder.Path, "model");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(".index", 1500)]
    [InlineData(".data-00000-of-00001", 300)]
    public void Read_MutatedRealCheckpoint_FailsOrIsAsBefore(string ending, int tries)
    {
        foreach (var file in Directory.GetFiles(TestData.Path("tf1", "lenet-keras"), "model_small.*"))
            File.Copy(file, Prefix + Path.GetFileName(file)["model_small".Length..]);

        Mutate([Prefix + ending], tries, expectedFailures: tries * 9 / 10);
    }

    [Fact]
    public void Read_MutatedCheckpointWithEverything_FailsOrIsAsBefore()
    {
        WriteEverything();
        string[] paths = [$"{Prefix}.index", TensorBundleWriter.DataPath(Prefix, 0, 2), TensorBundleWriter.DataPath(Prefix, 1, 2)];
        Mutate(paths, 1500, expectedFailures: 1200);
    }

    /// <summary>With the block's checksum made right again, tensors may be others than before, but nothing else may happen.</summary>
    [Fact]
    public void Read_MutatedIndexWithRightChecksums_FailsOrGivesTensorsOfTheirSize()
    {
        var random = new Random(Seed);
        foreach (var file in Directory.GetFiles(TestData.Path("tf1", "lenet-keras"), "model_small.*"))
            File.Copy(file, Prefix + Path.GetFileName(file)["model_small".Length..]);
        var index = File.ReadAllBytes($"{Prefix}.index");
        // The footer starts with the offset of what follows the only data block and its trailer, in two groups of seven bits.
        var block = (index[^48] & 0x7F) + (index[^47] << 7) - 5;
        Assert.Equal(MaskedCrc32C.Of(index.AsSpan(0, block + 1)), BitConverter.ToUInt32(index, block + 1));
        var failed = 0;
        for (var i = 0; i < 1500; i++)
        {
            var changed = index.ToArray();
            for (var changes = random.Next(1, 4); changes > 0; changes--)
                changed[random.Next(block)] = random.Next(3) == 0 ? (byte)(random.Next(2) * 255) : (byte)random.Next(256);
            BitConverter.TryWriteBytes(changed.AsSpan(block + 1), MaskedCrc32C.Of(changed.AsSpan(0, block + 1)));
            File.WriteAllBytes($"{Prefix}.index", changed);
            failed += IsRead(out _) ? 0 : 1;
        }

        Assert.InRange(failed, 750, 1500);
    }

    /// <summary>The same for what is in the entries: types, shapes, slices, places.</summary>
    [Fact]
    public void Read_MutatedEntries_FailsOrGivesTensorsOfTheirSize()
    {
        WriteEverything();
        var random = new Random(Seed);
        List<TableRow> rows;
        using (var file = CheckpointFile.Open($"{Prefix}.index"))
            rows = [.. SortedTable.Read(file).Rows()];
        var failed = 0;
        for (var i = 0; i < 1500; i++)
        {
            var changed = rows.Select(row => row.Value.ToArray()).ToArray();
            // The header, three slices and their variable come first, and half of the time.
            for (var changes = random.Next(1, 4); changes > 0; changes--)
            {
                var row = random.Next(random.Next(2) == 0 ? 5 : rows.Count);
                changed[row] = Mutation(random).Apply(changed[row]);
            }

            var table = new TableFileWriter();
            for (var row = 0; row < rows.Count; row++)
                table.Add(rows[row].Key, changed[row]);
            File.WriteAllBytes($"{Prefix}.index", table.Finish());
            failed += IsRead(out _) ? 0 : 1;
        }

        Assert.InRange(failed, 750, 1499);
    }

    private static FileMutation Mutation(Random random) => new(
        (FileMutation.Kind)random.Next(Enum.GetValues<FileMutation.Kind>().Length),
        At: random.NextDouble(),
        Length: Math.Pow(random.NextDouble(), 4),
        (byte)random.Next(256));

    // Several shards and blocks, slices, strings. The partitioned variable's name comes first.
    private void WriteEverything()
    {
        var whole = TensorBundleWriter.Bytes([.. Enumerable.Range(0, 6 * 8).Select(i => (float)i)]);
        using var writer = new TensorBundleWriter(Prefix, shards: 2);
        foreach (var extents in new (long, long)[][] { [(0, 3), (0, 4)], [(0, 3), (4, 4)], [(3, 3), (0, -1)] })
            writer.AddSlice("a_partitioned", DataType.DtFloat, [6, 8], extents, TensorBundleWriter.Cut(whole, [6, 8], extents));
        writer.Add("texts", [3], [[1], [], new byte[150]], shard: 1);
        for (var i = 0; i < 40; i++)
            writer.Add($"layer_{i}/weights", DataType.DtHalf, [2, i], new byte[4 * i], shard: i % 2);
        writer.Finish();
    }

    private void Mutate(string[] paths, int tries, int expectedFailures)
    {
        Assert.True(IsRead(out var expected));
        var random = new Random(Seed);
        var files = paths.ToDictionary(path => path, File.ReadAllBytes);
        var failed = 0;
        for (var i = 0; i < tries; i++)
        {
            var path = paths[random.Next(paths.Length)];
            File.WriteAllBytes(path, Enumerable.Range(0, random.Next(1, 4)).Aggregate(files[path], (file, _) => Mutation(random).Apply(file)));
            if (IsRead(out var tensors))
                Assert.Equal(expected, tensors);
            else
                failed++;
            if (paths.Length > 1)
                File.WriteAllBytes(path, files[path]);
        }

        // Most mutations change what matters: errors come, and not always.
        Assert.InRange(failed, expectedFailures, tries);
    }

    // All tensors in the order of their names: name, type, shape and a hash of their bytes.
    private bool IsRead(out List<string> tensors)
    {
        tensors = [];
        var started = ThreadProcessorTime.Now();
        var before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            using var checkpoint = Checkpoint.Open(Prefix);
            foreach (var (name, entry) in checkpoint.Tensors.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            {
                var bytes = entry.Type == DataType.DtString
                    ? checkpoint.ReadStrings(name).SelectMany(text => BitConverter.GetBytes(text.Length).Concat(text)).ToArray()
                    : checkpoint.Read(name).Bytes.Span;
                tensors.Add($"{name} {entry.Type} [{string.Join(',', entry.Dims)}] {Convert.ToHexString(SHA256.HashData(bytes))}");
            }

            return true;
        }
        catch (ImportException)
        {
            return false;
        }
        finally
        {
            Assert.InRange(ThreadProcessorTime.Now() - started, TimeSpan.Zero, TimeSpan.FromSeconds(2));
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 16 << 20);
        }
    }
}
