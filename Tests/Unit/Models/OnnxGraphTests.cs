using ClassifierFunctions.Imaging;
using ClassifierFunctions.Models;
using ClassifierFunctions.Models.Onnx;
using ClassifierFunctions.Tests.Support;

namespace ClassifierFunctions.Tests.Unit.Models;

public sealed class OnnxGraphTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("Gemm", OutputActivation.Softmax)]
    [InlineData("Softmax Gemm", OutputActivation.Softmax)]
    [InlineData("Gemm Softmax Cast Reshape", OutputActivation.None)]
    [InlineData("Gemm Softmax QuantizeLinear DequantizeLinear", OutputActivation.None)]
    [InlineData("QLinearSoftmax DequantizeLinear", OutputActivation.None)]
    [InlineData("QLinearSigmoid DequantizeLinear", OutputActivation.None)]
    [InlineData("Gemm Normalizer Cast ZipMap", OutputActivation.None)]
    [InlineData("Gemm ZipMap", OutputActivation.Softmax)]
    [InlineData("Gemm LogSoftmax Identity", OutputActivation.Exponential)]
    [InlineData("Exp Shares", OutputActivation.None)]
    [InlineData("Exp SharesOfOther", OutputActivation.Softmax)]
    [InlineData("Gemm Div", OutputActivation.Softmax)]
    public void Activation_ByWhatMakesTheScores(string operators, OutputActivation expected)
    {
        var builder = new OnnxGraphBuilder("graph", "Tests");
        var image = builder.Input("image", OnnxElement.Float32, 1, 3, 8, 8);
        var scores = operators.Split(' ').Aggregate(image, (value, op) => op switch
        {
            "Shares" => builder.Node("Div", [value, builder.Node("ReduceSum", [value])]),
            "SharesOfOther" => builder.Node("Div", [value, builder.Node("ReduceSum", [image])]),
            "Div" => builder.Node("Div", [value, builder.Scalar("two", 2f)]),
            _ => builder.Node(op, [value]),
        });
        builder.Output(scores, OnnxElement.Float32, 1, 10);

        Assert.Equal(expected, Read(builder).Activation(scores.Name));
    }

    // Outputs as name:dimension,dimension; a letter for one that each run sets.
    [Theory]
    [InlineData("embedding:n,512 logits:n,10", "logits")]
    [InlineData("logits:n,10 probabilities:n,10", "probabilities")]
    [InlineData("probabilities:n,12 y:n,10", "y")]
    [InlineData("embedding:n,m y:n,10", "y")]
    [InlineData("embedding:n,m logits:n,k", "logits")]
    [InlineData("a:n,10 b:n,10", "a")]
    [InlineData("scores:n,5,2 embedding:n,512", "scores")]
    [InlineData("boxes:n,100,4 y:10", "y")]
    [InlineData("boxes:n,100,4 y:", "")]
    [InlineData("y:n,4294967306", "")]
    public void ScoresOutput_OfSeveral_HasAScorePerClass(string outputs, string expected)
    {
        var builder = new OnnxGraphBuilder("graph", "Tests");
        var image = builder.Input("image", OnnxElement.Float32, 1, 3, 8, 8);
        foreach (var output in outputs.Split(' ').Select(output => output.Split(':')))
        {
            OnnxDim[] dims = [.. output[1].Split(',', StringSplitOptions.RemoveEmptyEntries)
                .Select(dim => long.TryParse(dim, out var size) ? new OnnxDim(size) : new OnnxDim(dim))];
            builder.Output(builder.Node(new OnnxOperator("Flatten", output[0]), [image]), OnnxElement.Float32, dims);
        }

        var graph = Read(builder);

        if (expected.Length > 0)
            Assert.Equal(expected, graph.ScoresOutput(10).Name);
        else
            Assert.Contains("There are 10 labels, but", Assert.Throws<ModelFormatException>(() => graph.ScoresOutput(10)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ScoresOutput_NoTensorOfFloats_SaysSo()
    {
        var builder = new OnnxGraphBuilder("graph", "Tests");
        builder.Output(builder.Node("ArgMax", [builder.Input("image", OnnxElement.Float32, 1, 3, 8, 8)]), OnnxElement.Int64, 1, 10);

        Assert.StartsWith("No output of the graph is a tensor", Assert.Throws<ModelFormatException>(() => Read(builder).ScoresOutput(10)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public void ImageInput_FirstDimension_TellsWhetherBatchesAreTaken(int size, bool dynamic)
    {
        var builder = new OnnxGraphBuilder("graph", "Tests");
        var image = builder.Input("image", OnnxElement.Float32, size == 0 ? new OnnxDim("batch") : new OnnxDim(size), 3, 8, 6);
        builder.Output(builder.Node("Flatten", [image]), OnnxElement.Float32, 1, 10);
        var input = Read(builder).ImageInput();

        Assert.Equal(dynamic, input.DynamicBatch);
        Assert.Equal([1, 3, 8, 6], input.Shape(6, 8));
        Assert.Equal([5, 3, 8, 6], input.Shape(6, 8, 5));
        Assert.Equal([5, 8, 6, 3], (input with { Layout = TensorLayout.Nhwc }).Shape(6, 8, 5));
    }

    private OnnxGraph Read(OnnxGraphBuilder builder)
    {
        var path = Path.Combine(_folder.Path, "model.onnx");
        builder.Save(path);
        return OnnxGraph.Read(path);
    }
}
