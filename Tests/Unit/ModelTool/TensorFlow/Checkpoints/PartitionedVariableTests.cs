using ClassifierFunctions.ModelTool.TensorFlow;
using ClassifierFunctions.ModelTool.TensorFlow.Checkpoints;
using ClassifierFunctions.Tests.Support;
using ClassifierFunctions.Tests.Support.TensorFlow;

namespace ClassifierFunctions.Tests.Unit.ModelTool.TensorFlow.Checkpoints;

public sealed class PartitionedVariableTests : IDisposable
{
    private static readonly long[] Dims = [6, 5, 4];
    private static readonly byte[] Whole = TensorBundleWriter.Bytes([.. Enumerable.Range(0, 6 * 5 * 4).Select(i => (float)i)]);

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Partitions => new()
    {
        // Start and length per dimension; a dash for all of it.
        "0+2 - -; 2+2 - -; 4+2 - -",
        "0+1 - -; 1+5 - -",
        "- 0+3 -; - 3+2 -",
        "- - 0+1; - - 1+1; - - 2+2",
        "0+3 0+2 -; 0+3 2+3 -; 3+3 0+2 -; 3+3 2+3 -",
        "0+3 0+5 0+4; 3+3 0+5 0+4",
        "- 0+4 0+3; - 4+1 0+3; - 0+4 3+1; - 4+1 3+1",
        // No grid.
        "0+6 0+2 -; 0+2 2+3 -; 2+4 2+3 -",
        "0+1 0+1 0+1; 0+1 0+1 1+3; 0+1 1+4 -; 1+5 - -",
        // A slice without elements.
        "0+0 - -; 0+6 0+2 -; - 2+3 -",
    };

    private string Prefix => Path.Combine(_folder.Path, "model.ckpt");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Partitions))]
    public void Read_PartitionedVariable_IsWhole(string partition)
    {
        using var checkpoint = Write(partition);

        Assert.Equal(["w"], checkpoint.Tensors.Keys);
        Assert.Equal(Dims, checkpoint.Tensors["w"].Dims);
        Assert.Equal(Whole, checkpoint.Read("w").Bytes.ToArray());
    }

    [Theory]
    [MemberData(nameof(Partitions))]
    public void ReadSlice_AnyExtents_AreCutFromWhatIsStored(string partition)
    {
        using var checkpoint = Write(partition);
        string[] others = ["1+3 1+3 1+3", "0+2 - -", "- - 2+1", "5+1 4+1 3+1", "- - -", "2+0 - -"];

        foreach (var extents in Extents(partition).Concat(others.Select(other => Extents(other)[0])))
        {
            var slice = checkpoint.ReadSlice("w", extents);
            Assert.Equal(extents.Select((extent, i) => extent.Length < 0 ? Dims[i] : extent.Length), slice.Dims);
            Assert.Equal(TensorBundleWriter.Cut(Whole, Dims, extents), slice.Bytes.ToArray());
        }
    }

    [Fact]
    public void Read_ManySlices_TakesNoTime()
    {
        const int Rows = 5000;
        using (var writer = new TensorBundleWriter(Prefix))
        {
            for (var row = 0; row < Rows; row++)
                writer.AddSlice("embedding", DataType.DtInt32, [Rows, 2], [(row, 1), (0, -1)], TensorBundleWriter.Bytes(row, -row));
            writer.Finish();
        }

        using var checkpoint = Checkpoint.Open(Prefix);

        var rows = Enumerable.Range(0, Rows).SelectMany(row => new[] { row, -row }).ToArray();
        Assert.Equal(TensorBundleWriter.Bytes(rows), checkpoint.Read("embedding").Bytes.ToArray());
    }

    [Theory]
    [InlineData("0+2 - -; 3+3 - -")]
    [InlineData("0+3 - -; 2+4 - -")]
    [InlineData("0+3 - -; 0+3 0+5 0+4")]
    [InlineData("0+5 - -; 0+1 - -")]
    [InlineData("0+3 0+2 -; 0+3 2+3 -; 3+3 0+2 -")]
    // As many elements as the whole, and yet.
    [InlineData("0+3 0+3 -; 0+3 2+3 -; 3+3 0+2 -; 3+3 2+2 -")]
    public void Read_SlicesThatOverlapOrLeaveGaps_SaysSo(string partition)
    {
        using var checkpoint = Write(partition);

        var failure = Assert.Throws<ImportException>(() => checkpoint.Read("w"));

        Assert.Contains("tensor w, float [6, 5, 4], has slices that overlap or leave gaps", failure.Message, StringComparison.Ordinal);
        Assert.Contains($"{Prefix}.index, offset ", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0+2")]
    [InlineData("0+2 - - -")]
    [InlineData("5+2 - -")]
    [InlineData("-2+2 - -")]
    [InlineData("0+7 - -")]
    public void ReadSlice_OutsideTheTensor_SaysSo(string extents)
    {
        using var checkpoint = Write("0+2 - -; 2+4 - -");

        var failure = Assert.Throws<ImportException>(() => checkpoint.ReadSlice("w", Extents(extents)[0]));

        Assert.Contains("tensor w, float [6, 5, 4], has no slice", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_StoredSliceOutsideTheTensor_SaysSo()
    {
        using (var writer = new TensorBundleWriter(Prefix))
        {
            writer.AddSlice("w", DataType.DtFloat, Dims, [(4, 3), (0, -1), (0, -1)], new byte[3 * 5 * 4 * 4]);
            writer.Finish();
        }

        using var checkpoint = Checkpoint.Open(Prefix);

        Fails(checkpoint, "tensor w, float [6, 5, 4], has a slice [(4, 3), (0, -1), (0, -1)], which is not within");
    }

    [Fact]
    public void Read_SliceWithoutEntry_SaysWhich()
    {
        using var checkpoint = Write("0+2 - -; 2+4 - -", entries => entries.Remove(TensorBundleWriter.SliceKey("w", [(2, 4), (0, -1), (0, -1)])));

        Fails(checkpoint, "tensor w, float [6, 5, 4], lacks its slice [2:6, 0:5, 0:4]");
        // The other one is there.
        var extents = Extents("0+2 - -")[0];
        Assert.Equal(TensorBundleWriter.Cut(Whole, Dims, extents), checkpoint.ReadSlice("w", extents).Bytes.ToArray());
    }

    [Fact]
    public void Read_SliceOfAnotherTypeOrShape_SaysSo()
    {
        var key = TensorBundleWriter.SliceKey("w", [(2, 4), (0, -1), (0, -1)]);
        using var ofType = Write("0+2 - -; 2+4 - -", entries => entries[key].Dtype = DataType.DtInt32);
        using var ofShape = Write("0+2 - -; 2+4 - -", entries => entries[key].Shape.Dim[2].Size = 5);

        Fails(ofType, "tensor w, float [6, 5, 4], has a slice [2:6, 0:5, 0:4] of int32 [4, 5, 4]");
        Fails(ofShape, "tensor w, float [6, 5, 4], has a slice [2:6, 0:5, 0:4] of float [4, 5, 5]");
    }

    [Fact]
    public void Read_SlicesAtOnePlaceOfASmallFile_AreNotGivenMemory()
    {
        const long Rows = 500;
        using (var writer = new TensorBundleWriter(Prefix))
        {
            for (var row = 0; row < Rows; row++)
                writer.AddSlice("w", DataType.DtFloat, [Rows, 1 << 20], [(row, 1), (0, -1)], row == 0 ? new byte[4 << 20] : []);
            foreach (var (_, slice) in writer.Entries.Where(entry => entry.Key != "w"))
                (slice.Offset, slice.Size) = (0, 4 << 20);
            writer.Finish();
        }

        using var checkpoint = Checkpoint.Open(Prefix);
        var before = GC.GetAllocatedBytesForCurrentThread();

        Fails(checkpoint, "tensor w, float [500, 1048576], is larger than its .data files");
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 16 << 20);
    }

    private static void Fails(Checkpoint checkpoint, string message)
        => Assert.Contains(message, Assert.Throws<ImportException>(() => checkpoint.Read("w")).Message, StringComparison.Ordinal);

    private static (long Start, long Length)[][] Extents(string partition) =>
    [
        .. partition.Split("; ").Select(slice => slice.Split(' ')
            .Select(extent => extent.Split('+') is [var start, var length] ? (long.Parse(start), long.Parse(length)) : (0L, -1L)).ToArray()),
    ];

    private Checkpoint Write(string partition, Action<SortedDictionary<string, BundleEntryProto>>? change = null)
    {
        using var writer = new TensorBundleWriter(Prefix, shards: 2);
        var shard = 0;
        foreach (var extents in Extents(partition))
            writer.AddSlice("w", DataType.DtFloat, Dims, extents, TensorBundleWriter.Cut(Whole, Dims, extents), shard++ % 2);
        change?.Invoke(writer.Entries);
        writer.Finish();
        return Checkpoint.Open(Prefix);
    }
}
