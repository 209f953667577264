using ClassifierFunctions.ModelTool.TensorFlow;
using ClassifierFunctions.ModelTool.TensorFlow.Checkpoints;
using ClassifierFunctions.Tests.Support;
using ClassifierFunctions.Tests.Support.TensorFlow;

namespace ClassifierFunctions.Tests.Unit.ModelTool.TensorFlow.Checkpoints;

/// <summary><c>.data</c> that is missing, cut off or changed, or not as the index says.</summary>
public sealed class DamagedDataTests : DamagedCheckpointTestsBase
{
    [Fact]
    public void Read_NoSuchTensor_SaysSo()
    {
        Write();

        Fails(() => Read("biases"), $"{Index} has no tensor biases; graph and checkpoint do not belong together");
    }

    [Fact]
    public void Read_ShardIsMissing_SaysWhich()
    {
        Write();
        File.Delete(Data);

        Fails(() => Read("weights"), $"{Data} is missing");
        Fails(() => Checkpoint.Open(Prefix).DataBytes, $"{Data} is missing");
    }

    [Fact]
    public void Read_ShardCutOff_SaysWhichTensorIsNotThere()
    {
        Write();
        using (var file = File.OpenWrite(Data))
            file.SetLength(19);

        Fails(() => Read("weights"), $"{Data}, offset 8: tensor weights of 12 bytes is not within the file, which has 19");
    }

    [Theory]
    [InlineData(-1L, 12L)]
    [InlineData(9L, 12L)]
    [InlineData(8L, -1L)]
    [InlineData(long.MaxValue, 12L)]
    [InlineData(8L, long.MaxValue)]
    public void Read_EntryOutsideTheFile_IsDamage(long offset, long size)
    {
        Write(writer => (writer.Entries["weights"].Offset, writer.Entries["weights"].Size) = (offset, size));

        Fails(() => Read("weights"), $"{Data}, offset {offset}: tensor weights of {size} bytes is not within the file, which has 20");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    [InlineData(int.MaxValue)]
    public void Read_EntryInAShardThatThereIsNot_IsDamage(int shard)
    {
        Write(writer => writer.Entries["weights"].ShardId = shard);

        Fails(() => Read("weights"), $"{Index}, offset 0: tensor weights is in .data file {shard} of 1, which there is not");
    }

    [Fact]
    public void Read_SizeThatIsNotOfTheShape_IsDamage()
    {
        Write(writer => writer.Entries["weights"].Size = 8);

        Fails(() => Read("weights"), $"{Data}, offset 8: tensor weights has 8 bytes, but float [3] has 12");
    }

    [Fact]
    public void Read_TypeThatIsNotOfTheSize_IsDamage()
    {
        Write(writer => writer.Entries["weights"].Dtype = DataType.DtInt64);

        Fails(() => Read("weights"), $"{Data}, offset 8: tensor weights has 12 bytes, but int64 [3] has 24");
    }

    [Theory]
    [InlineData(7, "string [3]")]
    [InlineData(21, "variant [3]")]
    [InlineData(0, "invalid [3]")]
    [InlineData(1234, "type 1234 [3]")]
    public void Read_TypeWithoutNumbers_SaysSo(int type, string description)
    {
        Write(writer => writer.Entries["weights"].Dtype = (DataType)type);

        Fails(() => Read("weights"), $"{Index}: tensor weights is {description}; these are no numbers that can be imported");
    }

    [Theory]
    [InlineData(1L << 29)]
    [InlineData(long.MaxValue)]
    public void Read_MoreThanMemoryCanHave_SaysSo(long dim)
    {
        Write(writer => writer.Entries["weights"].Shape.Dim[0].Size = dim);

        Fails(() => Read("weights"), $"{Index}: tensor weights, float [{dim}], has ", "above 2 GB is not supported");
    }

    [Fact]
    public void Read_ShapeLargerThanTheFile_IsNotGivenMemory()
    {
        Write(writer => writer.Entries["weights"].Shape.Dim[0].Size = 1 << 28);
        var before = GC.GetAllocatedBytesForCurrentThread();

        Fails(() => Read("weights"), "tensor weights has 12 bytes, but float [268435456] has 1073741824");
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Fact]
    public void Read_AnyChangedByte_IsDamage()
    {
        Write();
        var data = File.ReadAllBytes(Data);
        for (var i = 8; i < 20; i++)
        {
            var changed = data.ToArray();
            changed[i] ^= 0x10;
            File.WriteAllBytes(Data, changed);
            Fails(() => Read("weights"), $"{Data}, offset 8: tensor weights does not have the checksum that the index has");
        }
    }

    [Fact]
    public void ReadStrings_AnyChangedByte_IsDamage()
    {
        using (var writer = new TensorBundleWriter(Prefix))
        {
            writer.Add("texts", [2], [[1, 2, 3], new byte[200]]);
            writer.Finish();
        }

        var data = File.ReadAllBytes(Data);
        for (var i = 0; i < data.Length; i++)
        {
            var changed = data.ToArray();
            changed[i] ^= 0x80;
            File.WriteAllBytes(Data, changed);
            Fails(() => Open().ReadStrings("texts"), $"{Data}, offset 0: tensor texts ");
        }
    }

    [Theory]
    [InlineData(3L)]
    [InlineData(1L)]
    [InlineData(long.MaxValue)]
    public void ReadStrings_AnotherCount_IsDamage(long count)
    {
        using (var writer = new TensorBundleWriter(Prefix))
        {
            writer.Add("texts", [2], [[1, 2, 3], [4]]);
            writer.Entries["texts"].Shape.Dim[0].Size = count;
            writer.Finish();
        }

        Fails(() => Open().ReadStrings("texts"), $"{Data}, offset 0: tensor texts ");
    }

    [Fact]
    public void ReadStrings_Numbers_SaysSo()
    {
        Write();

        Fails(() => Open().ReadStrings("weights"), $"{Index}: tensor weights is float [3] in 0 slices; strings in one piece were expected");
    }

    [Fact]
    public void ReadStrings_LengthsThatAreNotThoseOfTheBytes_AreDamage()
    {
        // Right checksums, but a byte too many.
        var crc = new MaskedCrc32C();
        crc.Append([1, 0, 0, 0]);
        byte[] lengthsAndText = [.. BitConverter.GetBytes(crc.Masked), 7, 7];
        crc.Append(lengthsAndText);
        using (var writer = new TensorBundleWriter(Prefix))
        {
            writer.Add("texts", DataType.DtString, [1], [1, .. lengthsAndText]);
            writer.Entries["texts"].Crc32C = crc.Masked;
            writer.Finish();
        }

        Fails(() => Open().ReadStrings("texts"), "tensor texts has strings that are not as long as its bytes");
    }
}
