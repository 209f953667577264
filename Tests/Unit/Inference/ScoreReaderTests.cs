using ClassifierFunctions.Imaging;
using ClassifierFunctions.Inference;
using ClassifierFunctions.Models;
using ClassifierFunctions.Results;
using Microsoft.ML.OnnxRuntime;

namespace ClassifierFunctions.Tests.Unit.Inference;

public sealed class ScoreReaderTests
{
    private static readonly Dictionary<string, int> Keys = new() { ["x"] = 2, ["y"] = 0, ["z"] = 1 };
    private static readonly Dictionary<string, int> NumberKeys = new() { ["-5"] = 1, ["0"] = 2, ["70"] = 0 };

    [Theory]
    [InlineData("6")]
    [InlineData("2 3")]
    [InlineData("2 3 1 1")]
    public void Read_TensorOfAnyShape_CopiesIt(string dims)
    {
        long[] shape = [.. dims.Split(' ').Select(long.Parse)];
        float[] expected = [1, 2, 3, 4, 5, 6];
        using var floats = OrtValue.CreateTensorValueFromMemory(expected, shape);
        using var halves = OrtValue.CreateTensorValueFromMemory<Float16>([.. expected.Select(value => (Float16)value)], shape);

        Assert.Equal(expected, Read(floats, null, batch: 2));
        Assert.Equal(expected, Read(halves, null, batch: 2));
    }

    [Fact]
    public void Read_MapPerImage_PutsScoresInTheLabelsOrder()
    {
        using var texts = Sequence(Map(["x", "y", "z"], 1, 2, 3), Map(["z", "y", "x"], 4, 5, 6));
        using var numbers = Sequence(Map([70L, 0, -5], 1, 2, 3));

        Assert.Equal([2, 3, 1, 5, 4, 6], Read(texts, Keys, batch: 2));
        Assert.Equal([1, 3, 2], Read(numbers, NumberKeys, batch: 1));
    }

    [Fact]
    public void Read_OtherNumberOfScores_IsTheModelsFault()
    {
        using var tensor = OrtValue.CreateTensorValueFromMemory(new float[5], [1, 5]);
        using var oneMap = Sequence(Map(["x", "y", "z"], 1, 2, 3));
        using var shortMap = Sequence(Map(["x", "y"], 1, 2));

        AssertFails("has 3 labels but gave 5 scores for 2 images: mend its labels.", tensor, null, batch: 2);
        AssertFails("has 3 labels but gave 3 scores for 2 images: mend its labels.", oneMap, Keys, batch: 2);
        AssertFails("has 3 labels but gave 2 scores for 1 image: mend its labels.", shortMap, Keys, batch: 1);
    }

    [Fact]
    public void Read_UnknownClass_IsTheModelsFault()
    {
        using var texts = Sequence(Map(["x", "y", "other"], 1, 2, 3));
        using var numbers = Sequence(Map([70L, 0, 5], 1, 2, 3));

        AssertFails("gave a score for class 'other', which it does not declare.", texts, Keys, batch: 1);
        AssertFails("gave a score for class '5', which it does not declare.", numbers, NumberKeys, batch: 1);
    }

    private static void AssertFails(string reason, OrtValue output, IReadOnlyDictionary<string, int>? keys, int batch)
    {
        var failure = Assert.Throws<ClassifierException>(() => Read(output, keys, batch));
        Assert.Equal(ClassifierError.ModelUnavailable, failure.Error);
        Assert.Contains(reason, failure.Message, StringComparison.Ordinal);
    }

    private static float[] Read(OrtValue output, IReadOnlyDictionary<string, int>? keys, int batch)
    {
        var scores = new float[batch * Keys.Count];
        ScoreReader.Read(output, Model(keys), batch, scores);
        return scores;
    }

    private static OrtValue Map(string[] keys, params float[] values)
    {
        var tensor = OrtValue.CreateTensorWithEmptyStrings(OrtAllocator.DefaultInstance, [keys.Length]);
        for (var i = 0; i < keys.Length; i++)
            tensor.StringTensorSetElementAt(keys[i], i);
        return Map(tensor, values);
    }

    private static OrtValue Map(long[] keys, params float[] values)
    {
        var tensor = OrtValue.CreateTensorValueFromMemory(keys, [keys.Length]);
        return Map(tensor, values);
    }

    private static OrtValue Map(OrtValue keys, float[] values)
    {
        // Keys and values become the map's.
        var scores = OrtValue.CreateTensorValueFromMemory(values, [values.Length]);
        return OrtValue.CreateMap(ref keys!, ref scores!);
    }

    private static OrtValue Sequence(params OrtValue[] maps)
    {
        ICollection<OrtValue> values = new List<OrtValue>(maps);
        return OrtValue.CreateSequence(values);
    }

    private static ModelVersion Model(IReadOnlyDictionary<string, int>? keys) => new()
    {
        Model = "test",
        Version = "1",
        Format = ModelFormat.Bare,
        OnnxPath = "",
        Labels = ["a", "b", "c"],
        Preprocessing = new PreprocessorConfig(),
        Input = new ModelInput("x", TensorElement.Float32, TensorLayout.Nchw, 3, 1, 1, DynamicBatch: true),
        Output = "y",
        MapKeys = keys,
        Activation = OutputActivation.None,
        Parameters = 0,
        Bytes = 0,
    };
}
