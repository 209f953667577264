using ClassifierFunctions.ModelTool.TensorFlow;
using ClassifierFunctions.ModelTool.TensorFlow.Checkpoints;
using ClassifierFunctions.Tests.Support;
using ClassifierFunctions.Tests.Support.TensorFlow;

namespace ClassifierFunctions.Tests.Unit.ModelTool.TensorFlow.Checkpoints;

/// <summary>What was written comes back.</summary>
public sealed class RoundTripTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Prefix => Path.Combine(_folder.Path, "model.ckpt-12");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1, 64)]
    [InlineData(16, 512)]
    [InlineData(16, 1 << 20)]
    public void Read_ManyTensorsInThreeShards_AreAllThere(int restartInterval, int blockBytes)
    {
        var names = Enumerable.Range(0, 1000).Select(i => $"tower_{i % 7}/layer_{i}/weights").ToArray();
        using (var writer = new TensorBundleWriter(Prefix, shards: 3))
        {
            for (var i = 0; i < names.Length; i++)
                writer.Add(names[i], [2, i % 3], [.. Enumerable.Range(i, 2 * (i % 3)).Select(number => (float)number)], shard: i % 3);
            writer.Finish(new TableFileWriter(blockBytes, restartInterval));
        }

        using var checkpoint = Checkpoint.Open(Prefix);

        Assert.Equal(names.Order(StringComparer.Ordinal), checkpoint.Tensors.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(Enumerable.Range(0, 3).Sum(shard => new FileInfo(TensorBundleWriter.DataPath(Prefix, shard, 3)).Length), checkpoint.DataBytes);
        for (var i = 0; i < names.Length; i++)
        {
            var tensor = checkpoint.Read(names[i]);
            Assert.Equal([2, i % 3], tensor.Dims);
            Assert.Equal(TensorBundleWriter.Bytes([.. Enumerable.Range(i, 2 * (i % 3)).Select(number => (float)number)]), tensor.Bytes.ToArray());
        }
    }

    [Fact]
    public void Read_TypesOfAllSizes_AreAsWritten()
    {
        using (var writer = new TensorBundleWriter(Prefix))
        {
            writer.Add("half", DataType.DtHalf, [2], TensorBundleWriter.Bytes((Half)1.5f, (Half)(-2)));
            writer.Add("bfloat16", DataType.DtBfloat16, [1, 1], [0x80, 0x3F]);
            writer.Add("int32", DataType.DtInt32, [3], TensorBundleWriter.Bytes(1, -1, int.MinValue));
            writer.Add("int64", DataType.DtInt64, [], TensorBundleWriter.Bytes(long.MaxValue));
            writer.Add("double", DataType.DtDouble, [1], TensorBundleWriter.Bytes(Math.PI));
            writer.Add("bool", DataType.DtBool, [3], [1, 0, 1]);
            writer.Add("nothing", [4, 0, 2], Array.Empty<float>());
            writer.Finish();
        }

        using var checkpoint = Checkpoint.Open(Prefix);

        Assert.Equal(TensorBundleWriter.Bytes((Half)1.5f, (Half)(-2)), checkpoint.Read("half").Bytes.ToArray());
        Assert.Equal([0x80, 0x3F], checkpoint.Read("bfloat16").Bytes.ToArray());
        Assert.Equal(TensorBundleWriter.Bytes(1, -1, int.MinValue), checkpoint.Read("int32").Bytes.ToArray());
        Assert.Equal(TensorBundleWriter.Bytes(long.MaxValue), checkpoint.Read("int64").Bytes.ToArray());
        Assert.Equal(TensorBundleWriter.Bytes(Math.PI), checkpoint.Read("double").Bytes.ToArray());
        Assert.Equal([1, 0, 1], checkpoint.Read("bool").Bytes.ToArray());
        Assert.Equal([4, 0, 2], checkpoint.Read("nothing").Dims);
        Assert.Equal(0, checkpoint.Read("nothing").Bytes.Length);
    }

    [Fact]
    public void Read_NamesOfAnyScript_AreFound()
    {
        using (var writer = new TensorBundleWriter(Prefix))
        {
            writer.Add("слой/вес", [1], [1]);
            writer.Add("層/重み", [1], [2]);
            writer.Add("a b:0", [1], [3]);
            writer.Finish();
        }

        using var checkpoint = Checkpoint.Open(Prefix);

        Assert.Equal(1, BitConverter.ToSingle(checkpoint.Read("слой/вес").Bytes.Span));
        Assert.Equal(2, BitConverter.ToSingle(checkpoint.Read("層/重み").Bytes.Span));
        Assert.Equal(3, BitConverter.ToSingle(checkpoint.Read("a b:0").Bytes.Span));
    }

    [Fact]
    public void ReadStrings_TextsOfManyLengths_AreAsWritten()
    {
        byte[][] texts = [[], [1], [.. Enumerable.Repeat((byte)7, 300)], "layer-0"u8.ToArray()];
        using (var writer = new TensorBundleWriter(Prefix))
        {
            writer.Add("before", [1], [1]);
            writer.Add("texts", [2, 2], texts);
            writer.Add("none", [0], Array.Empty<byte[]>());
            writer.Add("_CHECKPOINTABLE_OBJECT_GRAPH", [], [[8, 1]]);
            writer.Finish();
        }

        using var checkpoint = Checkpoint.Open(Prefix);

        Assert.Equal(texts, checkpoint.ReadStrings("texts"));
        Assert.Empty(checkpoint.ReadStrings("none"));
        Assert.Equal([[8, 1]], checkpoint.ReadStrings("_CHECKPOINTABLE_OBJECT_GRAPH"));
    }

    [Fact]
    public void Open_CompressedIndex_IsUnpacked()
    {
        using (var writer = new TensorBundleWriter(Prefix))
        {
            for (var i = 0; i < 100; i++)
                writer.Add($"layer_{i}/weights", [1], [i]);
            writer.Finish(new TableFileWriter { Compression = 1, Compress = AsLiterals });
        }

        using var checkpoint = Checkpoint.Open(Prefix);

        Assert.Equal(100, checkpoint.Tensors.Count);
        Assert.Equal(42, BitConverter.ToSingle(checkpoint.Read("layer_42/weights").Bytes.Span));
    }

    [Fact]
    public void Read_NothingElse_IsNotTouched()
    {
        using (var writer = new TensorBundleWriter(Prefix, shards: 2))
        {
            writer.Add("weights", [1], [3], shard: 1);
            writer.Add("weights/Adam", [1], [3], shard: 0);
            writer.Finish();
        }

        // Neither opened nor asked for its length.
        File.Delete(TensorBundleWriter.DataPath(Prefix, 0, 2));

        using var checkpoint = Checkpoint.Open(Prefix);

        Assert.Equal(3, BitConverter.ToSingle(checkpoint.Read("weights").Bytes.Span));
    }

    [Fact]
    public void Read_OneOfThree_TakesNoMoreMemoryThanItHas()
    {
        const int Blocks = 8;
        var block = new byte[1 << 20];
        using (var writer = new TensorBundleWriter(Prefix))
        {
            foreach (var name in new[] { "weights", "weights/Adam", "weights/Adam_1" })
                writer.Add(name, DataType.DtFloat, [Blocks, 1 << 18], Enumerable.Repeat<ReadOnlyMemory<byte>>(block, Blocks));
            writer.AddSlice("sliced", DataType.DtUint8, [Blocks, 1 << 20], [(0, 5), (0, -1)], new byte[5 << 20]);
            writer.AddSlice("sliced", DataType.DtUint8, [Blocks, 1 << 20], [(5, 3), (0, -1)], new byte[3 << 20]);
            writer.Finish();
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        using var checkpoint = Checkpoint.Open(Prefix);
        checkpoint.Read("weights");
        checkpoint.Read("sliced");

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 2 * Blocks << 20, (2 * Blocks << 20) + (1 << 18));
    }

    // Snappy may pack nothing: 60 bytes at a time with their number less one, times four, in front.
    private static byte[] AsLiterals(byte[] block)
        => [.. TableFileWriter.Varint((ulong)block.Length), .. block.Chunk(60).SelectMany(chunk => chunk.Prepend((byte)((chunk.Length - 1) << 2)))];
}
