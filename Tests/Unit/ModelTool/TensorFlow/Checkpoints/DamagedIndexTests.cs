using ClassifierFunctions.ModelTool.TensorFlow;
using ClassifierFunctions.ModelTool.TensorFlow.Checkpoints;
using ClassifierFunctions.Tests.Support;
using ClassifierFunctions.Tests.Support.TensorFlow;

namespace ClassifierFunctions.Tests.Unit.ModelTool.TensorFlow.Checkpoints;

/// <summary>An <c>.index</c> that is missing, cut off, of another format, or says what cannot be.</summary>
public sealed class DamagedIndexTests : DamagedCheckpointTestsBase
{
    [Fact]
    public void Open_NoSuchFile_SaysWhatThePathMustBe() => Fails(Open, $"{Index} does not exist: there is no checkpoint of this name");

    [Fact]
    public void Open_NoSuchFolder_SaysSo() => Fails(() => Checkpoint.Open(Path.Combine(Folder.Path, "none", "model")), "does not exist, nor its folder");

    [Fact]
    public void Open_NoNameThatAFileCanHave_IsAnImportException() => Fails(() => Checkpoint.Open("a\0b"), "cannot be read");

    [Fact]
    public void Open_IndexIsMissing_SaysToCopyIt()
    {
        Write();
        File.Delete(Index);

        Fails(Open, $"{Index} is missing, though its .data is there. Copy it too");
    }

    [Theory]
    [InlineData("")]
    [InlineData("-00000-of-00002")]
    public void Open_FirstFormat_SaysThatItIs(string ending)
    {
        // The V1 format is such a table in a file of its own.
        var table = new TableFileWriter();
        table.Add([], [10, 0]);
        File.WriteAllBytes(Prefix + ending, table.Finish());

        Fails(Open, $"{Prefix}{ending} is a checkpoint of TensorFlow's first format (V1", "tf.train.SaverDef.V2");
    }

    [Fact]
    public void Open_FileOfAnotherKind_IsNoCheckpoint()
    {
        File.WriteAllText(Prefix, "a frozen graph, say; of so many bytes that there is room for a footer");

        Fails(Open, $"{Index} does not exist");
    }

    [Fact]
    public void Open_BigEndian_SaysSo()
    {
        Write(writer => writer.Header.Endianness = BundleHeaderProto.Types.Endianness.Big);

        Fails(Open, $"{Index} is of a checkpoint from a big-endian machine");
    }

    [Theory]
    [InlineData(2, 0)]
    [InlineData(1, 1)]
    public void Open_NewerFormat_SaysSo(int minConsumer, int badConsumer)
    {
        Write(writer => writer.Header.Version = new VersionDef { Producer = 2, MinConsumer = minConsumer, BadConsumers = { badConsumer } });

        Fails(Open, $"{Index} is of a newer format", $"version {minConsumer}");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void Open_NoShards_IsDamage(int shards)
    {
        Write(writer => writer.Header.NumShards = shards);

        Fails(Open, $"{Index}, offset 0: the header says that there are {shards} .data files");
    }

    [Fact]
    public void Open_NoHeader_IsDamage()
    {
        WriteTable(("a", []));

        Fails(Open, $"{Index}, offset 0: the index has no header");
    }

    [Fact]
    public void Open_EmptyTable_IsDamage()
    {
        File.WriteAllBytes(Index, new TableFileWriter().Finish());

        Fails(Open, "the index has no header");
    }

    [Theory]
    [InlineData("b", "a")]
    [InlineData("a", "a")]
    [InlineData("ab", "a")]
    [InlineData("a", "")]
    public void Open_KeysNotInOrder_AreDamage(string first, string second)
    {
        WriteTable(("", [8, 1]), (first, []), (second, []));

        Fails(Open, $"{Index}, offset 0: keys are not in order");
    }

    [Fact]
    public void Open_KeysNotInOrderOverBlocks_AreDamage()
    {
        var table = new TableFileWriter(blockBytes: 1);
        table.Add([], [8, 1]);
        table.Add([0x62], []);
        table.Add([0x61], []);
        File.WriteAllBytes(Index, table.Finish());

        // The third block. A row has three bytes, key and value; then eight of restarts and five of the trailer.
        Fails(Open, $"{Index}, offset {5 + 13 + 4 + 13}: keys are not in order");
    }

    [Fact]
    public void Open_EntryThatIsNoMessage_IsDamage()
    {
        WriteTable(("", [8, 1]), ("weights", [0x0A, 0xFF]));

        Fails(Open, $"{Index}, offset 0: the entry weights cannot be parsed");
    }

    [Fact]
    public void Open_NameThatIsNoText_IsDamage()
    {
        WriteTable(("", [8, 1]), ("\u00C3\u0028", []));

        Fails(Open, $"{Index}, offset 0: the name of a tensor, C328, is no UTF-8 text");
    }

    [Theory]
    [InlineData(-1L)]
    [InlineData(long.MinValue)]
    public void Open_NegativeDimension_IsDamage(long dim)
    {
        Write(writer => writer.Entries["weights"].Shape.Dim[0].Size = dim);

        Fails(Open, $"{Index}, offset 0: the shape in the entry weights is none that a tensor can have");
    }

    [Fact]
    public void Open_UnknownRank_IsDamage()
    {
        Write(writer => writer.Entries["weights"].Shape.UnknownRank = true);

        Fails(Open, "the shape in the entry weights is none");
    }

    [Fact]
    public void Open_MoreDimensionsThanThereCanBe_IsDamage()
    {
        Write(writer => writer.Entries["weights"].Shape.Dim.Add(Enumerable.Repeat(new TensorShapeProto.Types.Dim { Size = 1 }, 254)));

        Fails(Open, "the shape in the entry weights is none");
    }

    [Fact]
    public void Open_UnknownCompression_IsDamage()
    {
        Write(table: new TableFileWriter { Compression = 4 });

        Fails(Open, "a block has compression 4, which is not known");
    }

    [Fact]
    public void Open_CompressedBlockThatCannotBeUnpacked_IsDamage()
    {
        Write(table: new TableFileWriter { Compression = 1 });

        Fails(Open, "a block compressed with Snappy cannot be unpacked");
    }

    [Fact]
    public void Open_IndexCutOffAnywhere_IsDamage()
    {
        Write();
        var index = File.ReadAllBytes(Index);
        for (var length = 0; length < index.Length; length++)
        {
            File.WriteAllBytes(Index, index[..length]);
            Fails(Open, $"{Index}, offset {length}: this is not how the index of a TensorFlow checkpoint ends");
        }
    }

    [Fact]
    public void Open_FolderInPlaceOfTheIndex_IsMissing()
    {
        Directory.CreateDirectory(Index);

        Fails(Open, "does not exist");
    }

    [Fact]
    public void Open_KeysThatGrowWithoutEnd_AreNotGivenMemory()
    {
        // Each row takes all of the key before and adds a byte: 10,000 rows would be 50 MB of keys.
        const int Rows = 10_000;
        var key = new byte[Rows];
        Array.Fill(key, (byte)'a');
        var rows = new TableFileWriter(blockBytes: int.MaxValue, restartInterval: int.MaxValue);
        rows.Add([], [8, 1]);
        for (var i = 1; i < Rows; i++)
            rows.Add(key[..i], []);
        File.WriteAllBytes(Index, rows.Finish());
        var before = GC.GetAllocatedBytesForCurrentThread();

        Fails(Open, $"{Index}, offset 0: keys are longer than the block");
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 16 << 20);
    }
}
