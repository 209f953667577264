using ClassifierFunctions.Models.Onnx;
using ClassifierFunctions.ModelTool.Verify;
using ClassifierFunctions.Tests.Support;
using ClassifierFunctions.Tests.Unit.Models.Formats;

namespace ClassifierFunctions.Tests.Unit.ModelTool.Verify;

public sealed class ModelVerificationTests : IDisposable
{
    private const string Preprocessing = """{"do_resize": true, "size": {"height": 6, "width": 8}, "resample": 2, "do_rescale": true}""";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("squeezenet", "range", "sum to 1")]
    [InlineData("mnist", "range", "sum to 1 after Softmax")]
    public void Run_RealModels_AreFit(string model, string name, string detail)
    {
        var checks = Run(TestData.Path(model));

        Assert.All(checks, check => Assert.NotEqual(CheckOutcome.Failed, check.Outcome));
        Assert.Contains(detail, checks.Single(check => check.Name == name).Detail, StringComparison.Ordinal);
        Assert.Contains(checks, check => check is { Name: "batch", Outcome: CheckOutcome.Ok });
    }

    [Fact]
    public void Run_Labels_ThatAreThereTwice_AreAWarning()
    {
        // Both cranes of ImageNet.
        var labels = Run(TestData.Squeezenet).Single(check => check.Name == "labels");

        Assert.Equal(CheckOutcome.Warning, labels.Outcome);
        Assert.Contains("\"crane\" is the name of 134 and 517", labels.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_BatchesThatTheGraphTakes_GetTheSameScores()
    {
        Save(new ColourModel { DynamicBatch = true, Ends = ["Softmax"] });

        var checks = Run(_folder.Path);

        Assert.All(checks, check => Assert.Equal(CheckOutcome.Ok, check.Outcome));
        Assert.Contains("3 pictures at once get the scores that each gets alone", checks.Single(check => check.Name == "batch").Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Sigmoid", "each for itself")]
    [InlineData("LogSoftmax", "sum to 1 after Exponential")]
    public void Run_OtherEnds_AreKnown(string end, string detail)
    {
        Save(new ColourModel { Ends = [end] });

        AssertCheck("range", CheckOutcome.Ok, detail);
    }

    [Fact]
    public void Run_ProbabilitiesThatTheAppTakesForLogits_Fail()
    {
        // Relu changes no probability, but hides the softmax in front of it.
        Save(new ColourModel { Ends = ["Softmax", "Relu"] });

        AssertCheck("range", CheckOutcome.Failed, "probabilities already");
    }

    [Fact]
    public void Run_LogitsThatTheAppTakesForScores_Fail()
    {
        // A share of the sum of absolute values is no softmax when there are negative ones.
        Save((graph, logits) => graph.Node("Div", [logits, graph.Node("ReduceL1", [logits], ("axes", new long[] { 1 }))]));

        AssertCheck("range", CheckOutcome.Failed, "no score from 0 to 1");
    }

    [Fact]
    public void Run_WeightsThatAreNoNumbers_Fail()
    {
        Save((graph, logits) => graph.Node("Add", [logits, graph.Scalar("nan", float.NaN)]));

        AssertCheck("finite", CheckOutcome.Failed, "not numbers");
    }

    [Fact]
    public void Run_SomethingRandomInTheGraph_Fails()
    {
        Save((graph, logits) => graph.Node("Add", [logits, graph.Node("RandomNormalLike", [logits])]));

        AssertCheck("deterministic", CheckOutcome.Failed, "dropout");
    }

    [Fact]
    public void Run_ScoresThatDoNotDependOnThePicture_AreAWarning()
    {
        Save((graph, logits) => graph.Node("Mul", [logits, graph.Scalar("zero", 0f)]));

        AssertCheck("input", CheckOutcome.Warning, "exactly the same scores");
    }

    [Fact]
    public void Run_GraphThatMixesTheImagesOfABatch_Fails()
    {
        // The largest of the whole batch, not of each image.
        Save((graph, logits) => graph.Node("Sub", [logits, graph.Node("ReduceMax", [logits], ("axes", new long[] { 0 }), ("keepdims", 1L))]));

        AssertCheck("batch", CheckOutcome.Failed, "differ by");
    }

    [Fact]
    public void Run_GraphThatTakesOneImageAfterAll_Fails()
    {
        Save((graph, logits) => graph.Node("Reshape", [logits, graph.Weights("shape", [1L, 4], 2)]));

        AssertCheck("batch", CheckOutcome.Failed, "fails with 3");
    }

    [Fact]
    public void Run_GraphThatOnnxRuntimeCannotLoad_Fails()
    {
        Save((graph, logits) => graph.Node("NoSuchOperator", [logits]));

        AssertCheck("session", CheckOutcome.Failed, "NoSuchOperator");
    }

    [Fact]
    public void Run_LabelWithoutAName_Fails()
    {
        Save(new ColourModel());
        _folder.Write("config.json", """{"id2label": {"0": "a", "1": " ", "2": "c", "3": "d"}}""");

        AssertCheck("labels", CheckOutcome.Failed, "label 1 is empty");
    }

    [Fact]
    public void Run_AnotherNumberOfLabels_Fails()
    {
        Save(new ColourModel());
        _folder.Write("config.json", """{"id2label": {"0": "a", "1": "b"}}""");

        AssertCheck("folder", CheckOutcome.Failed, "There are 2 labels");
    }

    [Fact]
    public void Run_AnotherSizeThanTheGraphs_Fails()
    {
        Save(new ColourModel());
        _folder.Write("preprocessor_config.json", """{"size": {"height": 6, "width": 6}}""");

        AssertCheck("folder", CheckOutcome.Failed, "6 x 6");
    }

    [Fact]
    public void Run_ThreeMeansForAGreyInput_Fail()
    {
        var folder = _folder.CopyModel(TestData.Path("mnist"), "digits");
        _folder.Write("digits/preprocessor_config.json", """{"size": {"height": 28, "width": 28}, "image_mean": [0.5, 0.5, 0.5], "image_std": [1, 1, 1]}""");

        Assert.Contains("3 means", Run(folder).Single(check => check is { Name: "preprocessing", Outcome: CheckOutcome.Failed }).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_PreprocessingThatNobodySaid_IsAWarning()
    {
        Save(new ColourModel());
        File.Delete(Path.Combine(_folder.Path, "preprocessor_config.json"));

        AssertCheck("preprocessing", CheckOutcome.Warning, "assumed");
    }

    [Theory]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000", false, "is not the file that model.onnx.sha256 pins")]
    [InlineData(null, true, "model.onnx.sha256")]
    public void Run_Pin_IsChecked(string? digest, bool isRight, string detail)
    {
        Save(new ColourModel());
        var onnx = File.ReadAllBytes(Path.Combine(_folder.Path, "model.onnx"));
        _folder.Write("model.onnx.sha256", digest ?? Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(onnx)));

        AssertCheck("pin", isRight ? CheckOutcome.Ok : CheckOutcome.Failed, detail);
    }

    [Fact]
    public void Run_FolderOfVersions_LooksAtTheHighest()
    {
        Save(new ColourModel());
        var parts = Directory.GetFiles(_folder.Path);
        foreach (var version in new[] { "2", "10", "notes" })
        {
            Directory.CreateDirectory(Path.Combine(_folder.Path, "digits", version));
            foreach (var part in parts)
                File.Copy(part, Path.Combine(_folder.Path, "digits", version, Path.GetFileName(part)));
        }

        _folder.Write("digits/10/config.json", """{"id2label": {"0": "of version 10"}}""");

        Assert.Contains(Run(Path.Combine(_folder.Path, "digits")), check => check is { Name: "folder", Outcome: CheckOutcome.Failed });
        Assert.DoesNotContain(Run(Path.Combine(_folder.Path, "digits", "2")), check => check.Outcome == CheckOutcome.Failed);
    }

    private static IReadOnlyList<Check> Run(string folder) => ModelVerification.Run(folder, CancellationToken.None);

    private void AssertCheck(string name, CheckOutcome outcome, string detail)
    {
        var check = Run(_folder.Path).Single(check => check.Name == name);
        Assert.Equal(outcome, check.Outcome);
        Assert.Contains(detail, check.Detail, StringComparison.Ordinal);
    }

    private void Save(ColourModel model)
    {
        model.Save(Path.Combine(_folder.Path, "model.onnx"));
        Describe();
    }

    // A graph that takes any number of images, with something of its own behind four logits, which are negative as well as positive.
    private void Save(Func<OnnxGraphBuilder, OnnxValue, OnnxValue> end)
    {
        var graph = new OnnxGraphBuilder("graph", "Tests");
        var image = graph.Input("image", OnnxElement.Float32, "batch", 3, ColourModel.Height, ColourModel.Width);
        var means = graph.Node("ReduceMean", [image], ("axes", new long[] { 2, 3 }), ("keepdims", 0L));
        var logits = graph.Node("MatMul", [means, graph.Weights("weights", new float[] { 1, -2, 3, -4, 5, -6, 7, -8, 9, -10, 11, -12 }, 3, 4)]);
        graph.Output(graph.Node(new OnnxOperator("Identity", "scores"), [end(graph, logits)]), OnnxElement.Float32, "batch", 4);
        graph.Save(Path.Combine(_folder.Path, "model.onnx"));
        Describe();
    }

    private void Describe()
    {
        _folder.Write("config.json", """{"id2label": {"0": "a", "1": "b", "2": "c", "3": "d"}}""");
        _folder.Write("preprocessor_config.json", Preprocessing);
    }
}
