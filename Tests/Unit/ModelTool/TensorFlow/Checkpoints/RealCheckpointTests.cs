using System.Runtime.InteropServices;
using ClassifierFunctions.ModelTool.TensorFlow;
using ClassifierFunctions.ModelTool.TensorFlow.Checkpoints;
using ClassifierFunctions.Tests.Support;

namespace ClassifierFunctions.Tests.Unit.ModelTool.TensorFlow.Checkpoints;

/// <summary>Checkpoints that TensorFlow 1.3, 1.12 and 1.15 wrote. Numbers were read from them with NumPy, by another program.</summary>
public sealed class RealCheckpointTests
{
    private const string Cifar = "cifar10-cnn/model.ckpt";
    private const string DogsCats = "dogs-cats-v3/dogs-cats-model-v3";
    private const string Lenet = "lenet-keras/model_small";

    public static TheoryData<string> All => [Cifar, DogsCats, Lenet];

    [Theory]
    [MemberData(nameof(All))]
    public void Open_Checkpoint_HasWhatItsGoldenFileSays(string prefix)
    {
        using var checkpoint = Checkpoint.Open(TestData.Path("tf1", prefix));
        var golden = TestData.Json("tf1", prefix.Split('/')[0], "golden.json");

        Assert.Equal(golden.GetProperty("checkpoint_data_bytes").GetInt64(), checkpoint.DataBytes);
        Assert.Equal(golden.GetProperty("variables_in_checkpoint").GetInt32(), checkpoint.Tensors.Count);
        Assert.Equal(checkpoint.DataBytes, checkpoint.Tensors.Keys.Sum(name => (long)checkpoint.Read(name).Bytes.Length));
        Assert.All(checkpoint.Tensors, pair => Assert.Equal(pair.Value.Dims, checkpoint.Read(pair.Key).Dims));
    }

    [Theory]
    [InlineData(Cifar, "Variable", "5,5,3,120", -2.01699f, 0.4254187f, -100.2618488658918)]
    [InlineData(Cifar, "Variable_1/Adam_1", "5,5,120,60", 3.9416282e-08f, 4.2832953e-16f, 0.08884868586556227)]
    [InlineData(Cifar, "Variable_3", "480,30", -0.016409488f, 0.012509944f, -1146.4197425455527)]
    [InlineData(Cifar, "beta2_power", "", 2.0391222e-09f, 2.0391222e-09f, 2.0391222044224833e-09)]
    [InlineData(DogsCats, "Variable", "11,11,3,64", 0.02538513f, 0.012440424f, 34.65664546514745)]
    [InlineData(DogsCats, "Variable_6", "1024,128", -0.026695866f, 0.009650603f, 31.14179656617557)]
    [InlineData(DogsCats, "Variable_9", "2", 0.0525043f, 0.0474957f, 0.10000000149011612)]
    [InlineData(Lenet, "conv2d/kernel", "5,5,20,20", 0.064637184f, 0.053057592f, 26.734420123430027)]
    [InlineData(Lenet, "dense/kernel", "2450,100", 0.018980172f, 0.030364944f, 12.885266843223349)]
    [InlineData(Lenet, "output_tensor/bias", "3", -0.023769043f, 0.010485125f, -4.936009645462036e-08)]
    public void Read_Variable_HasItsNumbers(string prefix, string name, string dims, float first, float last, double sum)
    {
        using var checkpoint = Checkpoint.Open(TestData.Path("tf1", prefix));

        var tensor = checkpoint.Read(name);

        var numbers = MemoryMarshal.Cast<byte, float>(tensor.Bytes.Span).ToArray();
        Assert.Equal(DataType.DtFloat, tensor.Type);
        Assert.Equal(dims, string.Join(',', tensor.Dims));
        Assert.Equal(first, numbers[0]);
        Assert.Equal(last, numbers[^1]);
        // NumPy adds in another order.
        Assert.Equal(sum, numbers.Sum(number => (double)number), 1e-9);
    }

    [Fact]
    public void Read_WholeNumber_IsThatNumber()
    {
        using var checkpoint = Checkpoint.Open(TestData.Path("tf1", Lenet));

        var iterations = checkpoint.Read("SGD/iterations");

        Assert.Equal(DataType.DtInt64, checkpoint.Tensors["SGD/iterations"].Type);
        Assert.Empty(iterations.Dims);
        Assert.Equal(2400, BitConverter.ToInt64(iterations.Bytes.Span));
    }

    [Fact]
    public void ReadSlice_OfAWholeVariable_IsCutFromIt()
    {
        using var checkpoint = Checkpoint.Open(TestData.Path("tf1", Lenet));
        var whole = MemoryMarshal.Cast<byte, float>(checkpoint.Read("dense/kernel").Bytes.Span).ToArray();

        var slice = checkpoint.ReadSlice("dense/kernel", [(7, 3), (40, 2)]);

        Assert.Equal([3, 2], slice.Dims);
        float[] expected = [whole[740], whole[741], whole[840], whole[841], whole[940], whole[941]];
        Assert.Equal(expected, MemoryMarshal.Cast<byte, float>(slice.Bytes.Span).ToArray());
    }
}
