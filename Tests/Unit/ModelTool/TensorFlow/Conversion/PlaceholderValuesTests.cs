using ClassifierFunctions.ModelTool.TensorFlow;
using ClassifierFunctions.ModelTool.TensorFlow.Conversion;
using ClassifierFunctions.Tests.Support.TensorFlow;
using ClassifierFunctions.Tests.Support.TensorFlow.Nodes;
using ClassifierFunctions.Tests.Support.TensorFlow.Reference;

namespace ClassifierFunctions.Tests.Unit.ModelTool.TensorFlow.Conversion;

public sealed class PlaceholderValuesTests : ConversionTestsBase
{
    private static readonly (string Name, AttrValue Value) Float = ("T", AttributeValue.Of(DataType.DtFloat));

    [Theory]
    [InlineData("phase_train", "false")]
    [InlineData("is_training", "false")]
    [InlineData("model/isTraining", "false")]
    [InlineData("IsTrain", "false")]
    [InlineData("train_mode", "false")]
    [InlineData("keras_learning_phase", "false")]
    [InlineData("Placeholder_3", "false")]
    [InlineData("is_inference", "true")]
    [InlineData("test_mode", "true")]
    [InlineData("tower/isEval", "true")]
    public void Bool_Name_SaysInference(string name, string value)
    {
        var scores = Switched(Bool(name));

        Assert.Equal((value, "inference"), Convert(new() { Outputs = [scores] }).Placeholders[name]);
        Runs(new(), scores, [4, 4, 3], ("x", [4, 4, 3]), null, (name, new([], [value == "true" ? 1 : 0], DataType.DtBool)));
    }

    [Theory]
    [InlineData("not_training", "its name does not tell which value means inference")]
    [InlineData("train_or_test", "its name does not tell which value means inference")]
    [InlineData("flag", "--set flag=<value>")]
    // A word that only looks like one of training.
    [InlineData("constrained", "--set constrained=<value>")]
    public void Bool_NameThatDoesNotSay_IsAskedFor(string name, string why)
    {
        var scores = Switched(Bool(name));

        Fails(new() { Outputs = [scores] }, $"placeholder {name} (bool) needs a value", why);
    }

    [Theory]
    [InlineData("keep_prob", "1")]
    [InlineData("keepProb_1", "1")]
    [InlineData("dropout/keep_probability", "1")]
    [InlineData("dropout_keep_prob", "1")]
    [InlineData("dropout_rate", "0")]
    [InlineData("drop_rate", "0")]
    public void Float_NameOfAProbability_IsThatOfInference(string name, string value)
    {
        var scores = Scaled(Graph.Placeholder(name, DataType.DtFloat));

        Assert.Equal((value, "inference"), Convert().Placeholders[name]);
        Runs(new(), scores, [4, 4, 3], ("x", [4, 4, 3]), null, (name, new([], [value == "1" ? 1 : 0])));
    }

    [Theory]
    [InlineData("dropout_prob", "it may be the probability to keep or to drop")]
    [InlineData("dropout", "it may be the probability to keep or to drop")]
    [InlineData("temperature", "--set temperature=<value>")]
    [InlineData("learning_rate", "--set learning_rate=<value>")]
    public void Float_NameThatDoesNotSay_IsAskedFor(string name, string why)
    {
        Scaled(Graph.Placeholder(name, DataType.DtFloat));

        Fails(new(), $"placeholder {name} (float32) needs a value", why);
    }

    /// <summary>Whatever its name: a dropout is left out with all that sets it.</summary>
    [Fact]
    public void Float_OfADropout_IsNotNeeded()
    {
        var keep = Graph.Placeholder("dropout_prob", DataType.DtFloat);
        var features = Graph.Features(Graph.Picture());
        var uniform = Graph.Add(
            "RandomUniform", [Graph.Shape(features)], ("dtype", AttributeValue.Of(DataType.DtFloat)), ("T", AttributeValue.Of(DataType.DtInt32)),
            ("seed", AttributeValue.Of(0)), ("seed2", AttributeValue.Of(0)));
        Graph.Apply("Softmax", Graph.Dense(Graph.Apply("Mul", Graph.Apply("RealDiv", features, keep), Graph.Apply("Floor", Graph.Apply("Add", keep, uniform)))));

        var model = Convert();

        Assert.Empty(model.Placeholders);
        Assert.Equal(1, model.Dropouts);
    }

    [Theory]
    [InlineData(nameof(DataType.DtInt32))]
    [InlineData(nameof(DataType.DtInt64))]
    public void Integer_BatchSize_IsTheNumberOfImages(string name)
    {
        var type = Enum.Parse<DataType>(name);
        var size = Graph.Placeholder("batch_size", type);
        var features = type == DataType.DtInt32 ? Graph.Scalar(32) : Graph.Constant<long>([32]);
        var row = Graph.Pack(type, 0, size, features);
        var reshaped = Graph.Add("Reshape", [Graph.Features(Graph.Picture()), row], Float, ("Tshape", AttributeValue.Of(type)));
        var scores = Graph.Apply("Softmax", Graph.MatMul(reshaped, Graph.Random(32, 2)));

        using var run = new ConvertedRun(Graph, new ConversionRequest());

        Assert.Equal(("N", "inference"), run.Model.Placeholders["batch_size"]);
        foreach (var pictures in new[] { 1, 3 })
        {
            var picture = Conformance.NewTensor(pictures, 4, 4, 3);
            var feeds = new Dictionary<string, ReferenceTensor> { ["x"] = picture, ["batch_size"] = new([], [pictures], type) };
            Conformance.AssertClose(new ReferenceGraph(Graph.Definition, feeds).Run(scores), run.Run(picture));
        }
    }

    [Fact]
    public void Integer_OtherName_IsAskedFor()
    {
        var axis = Graph.Placeholder("axis", DataType.DtInt32);
        Graph.Add("Mean", [Graph.Logits(Graph.Picture()), axis], Float, ("Tidx", AttributeValue.Of(DataType.DtInt32)), ("keep_dims", AttributeValue.Of(true)));

        Fails(new(), "placeholder axis (int32) needs a value: give --set axis=<value>");
    }

    [Fact]
    public void Default_OfAFloat_IsKept()
    {
        var scale = Default("scale", DataType.DtFloat, Graph.Scalar(0.25f));
        var scores = Scaled(scale);

        Assert.Equal(("its default", "PlaceholderWithDefault"), Convert().Placeholders["scale"]);
        Runs(new(), scores, [4, 4, 3], ("x", [4, 4, 3]));
    }

    [Theory]
    [InlineData("is_training", true, "false", "inference")]
    [InlineData("keras_learning_phase", false, "false", "inference")]
    [InlineData("is_inference", false, "true", "inference")]
    [InlineData("flag", true, "its default", "PlaceholderWithDefault")]
    public void Default_OfABool_IsKeptUnlessItSwitchesTraining(string name, bool byDefault, string value, string why)
    {
        Switched(Default(name, DataType.DtBool, Graph.Scalar(byDefault)));

        Assert.Equal((value, why), Convert().Placeholders[name]);
    }

    [Theory]
    [InlineData("keep_prob", "1", "inference")]
    [InlineData("dropout_rate", "its default", "PlaceholderWithDefault")]
    public void Default_OfAProbability_IsKeptUnlessItIsOneToKeep(string name, string value, string why)
    {
        Scaled(Default(name, DataType.DtFloat, Graph.Scalar(0.5f)));

        Assert.Equal((value, why), Convert().Placeholders[name]);
    }

    [Theory]
    [InlineData(nameof(DataType.DtFloat), "0.5", 0.5)]
    [InlineData(nameof(DataType.DtFloat), "-1e-3", -1e-3f)]
    [InlineData(nameof(DataType.DtBool), "true", 1)]
    [InlineData(nameof(DataType.DtBool), "False", 0)]
    [InlineData(nameof(DataType.DtBool), "1", 1)]
    [InlineData(nameof(DataType.DtInt32), "-7", -7)]
    [InlineData(nameof(DataType.DtInt64), "9", 9)]
    public void Set_Value_IsTaken(string name, string text, double value)
    {
        var type = Enum.Parse<DataType>(name);
        // Against the name.
        var placeholder = Graph.Placeholder("phase_train", type);
        var number = type == DataType.DtFloat ? placeholder : Graph.Cast(placeholder, type, DataType.DtFloat);
        var scores = Scaled(number);
        var request = Set("phase_train", text);

        Assert.Equal((text, "--set"), Convert(request).Placeholders["phase_train"]);
        Runs(request, scores, [4, 4, 3], ("x", [4, 4, 3]), null, ("phase_train", new([], [value], type)));
    }

    [Fact]
    public void Set_NameWithItsOutput_IsTheSame()
    {
        Scaled(Graph.Placeholder("scale", DataType.DtFloat));

        Assert.Equal(("2", "--set"), Convert(Set("scale:0", "2")).Placeholders["scale"]);
    }

    [Fact]
    public void Set_OverADefault_IsTaken()
    {
        var scores = Scaled(Default("scale", DataType.DtFloat, Graph.Scalar(0.25f)));

        Runs(Set("scale", "3"), scores, [4, 4, 3], ("x", [4, 4, 3]), null, ("scale", new([], [3])));
    }

    [Fact]
    public void Set_PlaceholderWithAShape_IsEachOfItsNumbers()
    {
        var scores = Scaled(Graph.Placeholder("scales", DataType.DtFloat, 2));

        Runs(Set("scales", "3"), scores, [4, 4, 3], ("x", [4, 4, 3]), null, ("scales", new([2], [3, 3])));
    }

    [Theory]
    [InlineData(nameof(DataType.DtBool), "maybe", "bool")]
    [InlineData(nameof(DataType.DtInt32), "1.5", "int32")]
    [InlineData(nameof(DataType.DtInt64), "many", "int64")]
    [InlineData(nameof(DataType.DtFloat), "1,5", "float32")]
    public void Set_ValueOfAnotherType_Fails(string name, string text, string shown)
    {
        var type = Enum.Parse<DataType>(name);
        Scaled(Graph.Cast(Graph.Placeholder("phase", type), type, DataType.DtFloat));

        Fails(Set("phase", text), $"--set phase={text}: that is no {shown}.");
    }

    [Fact]
    public void Set_Text_Fails()
    {
        Scaled(Graph.Cast(Graph.Placeholder("file", DataType.DtString), DataType.DtString, DataType.DtFloat));

        Fails(Set("file", "a"), "--set file: its type, string, takes no value");
    }

    [Fact]
    public void Set_TooManyNumbers_Fails()
    {
        Scaled(Graph.Placeholder("scales", DataType.DtFloat, 1 << 20, 1 << 20));

        Fails(Set("scales", "1"), "--set scales: its shape, [1048576, 1048576], is too large");
    }

    [Theory]
    [InlineData("phase_trian")]
    // A node, but none to be set.
    [InlineData("Relu")]
    public void Set_NoPlaceholder_ListsThose(string name)
    {
        Switched(Bool("phase_train"));

        Fails(Set(name, "false"), $"--set {name}=false: there is no placeholder {name}. There are: ", "x", "phase_train");
    }

    [Fact]
    public void Set_TheImage_Fails()
    {
        Graph.Apply("Softmax", Graph.Logits(Graph.Picture()));

        Fails(Set("x", "1"), "--set x=1: x is where the image enters");
    }

    [Fact]
    public void NotNeeded_IsNotAskedFor()
    {
        Graph.Apply("Softmax", Graph.Logits(Graph.Picture()));
        Graph.Apply("Mul", Graph.Placeholder("learning_rate", DataType.DtFloat), Graph.Scalar(0.5f));

        Assert.Empty(Convert().Placeholders);
    }

    private static ConversionRequest Set(string name, string value) => new() { Values = new Dictionary<string, string> { [name] = value } };

    private string Bool(string name) => Graph.Placeholder(name, DataType.DtBool);

    private string Default(string name, DataType type, string value)
        => Graph.AddNamed(name, "PlaceholderWithDefault", [value], ("dtype", AttributeValue.Of(type)), ("shape", AttributeValue.Shape()));

    /// <summary>A network whose logits are changed when the predicate is true.</summary>
    private string Switched(string predicate)
    {
        var branches = Graph.Add("Switch", [Graph.Logits(Graph.Picture()), predicate], Float);
        var merged = Graph.Add("Merge", [branches, Graph.Apply("Neg", branches + ":1")], Float, ("N", AttributeValue.Of(2)));
        return Graph.Apply("Softmax", merged);
    }

    private string Scaled(string factor) => Graph.Apply("Softmax", Graph.Apply("Mul", Graph.Logits(Graph.Picture()), factor));
}
