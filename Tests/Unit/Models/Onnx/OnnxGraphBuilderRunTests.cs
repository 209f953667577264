using System.Runtime.InteropServices;
using ClassifierFunctions.Imaging;
using ClassifierFunctions.Models;
using ClassifierFunctions.Models.Onnx;
using ClassifierFunctions.Tests.Support;
using Microsoft.ML.OnnxRuntime;

namespace ClassifierFunctions.Tests.Unit.Models.Onnx;

/// <summary>Graphs that ONNX Runtime loads and computes, against loops written from the operators' definitions.</summary>
public sealed class OnnxGraphBuilderRunTests
{
    // Of the network in Cnn: images of 3 channels, 5 x 4 pixels; 2 filters of 3 x 3; 4 classes.
    private const int Channels = 3;
    private const int Height = 5;
    private const int Width = 4;
    private const int Filters = 2;
    private const int Classes = 4;

    // TensorProto.DataType STRING: nothing that we write has such weights or outputs, so OnnxElement lacks it.
    private const OnnxElement Text = (OnnxElement)8;

    private readonly float[] _filters = Numbers(Filters * Channels * 9, 1);
    private readonly float[] _bias = Numbers(Filters, 2);
    private readonly float[] _dense = Numbers(Classes * (Filters + Channels), 3);
    private readonly float[] _denseBias = Numbers(Classes, 4);

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Write_ConvolutionalNetwork_ComputesAnyBatch(int batch)
    {
        using var run = new OnnxRun(Cnn());
        var images = Numbers(batch * Channels * Height * Width, 5);

        var scores = Assert.Single(run.Outputs(images, batch, Channels, Height, Width));

        Assert.Equal([batch, Classes], OnnxRun.Shape(scores));
        AssertClose([.. images.Chunk(Channels * Height * Width).SelectMany(CnnScores)], scores);
    }

    [Fact]
    public void Save_ConvolutionalNetwork_IsReadByTheCatalogue()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "model.onnx");

        Cnn().Save(path);
        var graph = OnnxGraph.Read(path);

        Assert.Equal((Filters * Channels * 9) + Filters + (Classes * (Filters + Channels)) + Classes, graph.Parameters);
        Assert.Equal(new ModelInput("image", TensorElement.Float32, TensorLayout.Nchw, Channels, Width, Height, DynamicBatch: true), graph.ImageInput());
        Assert.Equal("scores", graph.ScoresOutput(Classes).Name);
        Assert.Equal(OutputActivation.Softmax, graph.Activation("scores"));
    }

    [Fact]
    public void Write_Metadata_ArrivesInTheSession()
    {
        var graph = Cnn();
        graph.Metadata("classes", "a,b,c,d");
        graph.Metadata("made", "today");

        using var run = new OnnxRun(graph);

        Assert.Equal("cnn", run.Metadata.GraphName);
        Assert.Equal("Tests", run.Metadata.ProducerName);
        Assert.Equal("A network.", run.Metadata.Description);
        Assert.Equal(new Dictionary<string, string> { ["classes"] = "a,b,c,d", ["made"] = "today" }, run.Metadata.CustomMetadataMap);
    }

    [Fact]
    public void Write_TwoOutputsAndInt64Shape_AreReshapedAndSplit()
    {
        var graph = new OnnxGraphBuilder("outputs", "Tests");
        var x = graph.Input("x", OnnxElement.Float32, "batch", 6);
        var shape = graph.Weights("shape", [0L, 2, 3], 3);
        var parts = graph.Node(new OnnxOperator("Split", "halves"), [graph.Node("Reshape", [x, shape])], outputs: 2, ("axis", 1L));
        graph.Output(parts[1], OnnxElement.Float32, "batch", 1, 3);
        graph.Output(parts[0], OnnxElement.Float32, "batch", 1, 3);

        using var run = new OnnxRun(graph);
        var outputs = run.Outputs([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], 2, 6);

        Assert.Equal(["halves:0", "halves:1"], parts.Select(part => part.Name));
        Assert.Equal([2, 1, 3], OnnxRun.Shape(outputs[0]));
        Assert.Equal([4, 5, 6, 10, 11, 12], OnnxRun.Floats(outputs[0]));
        Assert.Equal([1, 2, 3, 7, 8, 9], OnnxRun.Floats(outputs[1]));
    }

    [Fact]
    public void Write_Float16Weights_AreTheirValues()
    {
        Half[] halves = [(Half)0.5f, (Half)(-1.25f), (Half)65504f, (Half)0.1f];
        var graph = new OnnxGraphBuilder("halves", "Tests");
        var x = graph.Input("x", OnnxElement.Float32, 4);
        var weights = graph.Weights("w", MemoryMarshal.AsBytes<Half>(halves).ToArray(), OnnxElement.Float16, 4);
        var sum = graph.Node(new("Add", "sum"), [x, graph.Node("Cast", [weights], ("to", (long)OnnxElement.Float32))]);
        graph.Output(sum, OnnxElement.Float32, 4);

        using var run = new OnnxRun(graph);

        Assert.Equal([1.5f, 0.75f, 65508f, 8 + (float)(Half)0.1f], OnnxRun.Floats(run.Outputs([1, 2, 4, 8], 4)[0]));
    }

    [Fact]
    public void Write_ScalarAndInputLeftOut_ClipFromAboveOnly()
    {
        var graph = new OnnxGraphBuilder("clip", "Tests");
        var x = graph.Input("x", OnnxElement.Float32, "n");
        var clipped = graph.Node("Clip", [x, OnnxValue.None, graph.Scalar("most", 6f)]);
        graph.Output(clipped, OnnxElement.Float32, "n");

        using var run = new OnnxRun(graph);

        Assert.Equal([-9, 6, 6, 2], OnnxRun.Floats(run.Outputs([-9, 7, 6, 2], 4)[0]));
    }

    [Fact]
    public void Write_WeightsWithoutElements_StayEmpty()
    {
        var graph = new OnnxGraphBuilder("empty", "Tests");
        var x = graph.Input("x", OnnxElement.Float32, "n");
        var joined = graph.Node("Concat", [graph.Weights("none", Array.Empty<float>(), 0), x], ("axis", 0));
        graph.Output(joined, OnnxElement.Float32, "n");

        using var run = new OnnxRun(graph);

        Assert.Equal([3, 4], OnnxRun.Floats(run.Outputs([3, 4], 2)[0]));
    }

    [Fact]
    public void Write_AttributeOfEachKind_ArrivesInTheOperator()
    {
        var graph = new OnnxGraphBuilder("constants", "Tests");
        Constant("int", OnnxElement.Int64, [], ("value_int", -3L));
        Constant("zero", OnnxElement.Int64, [], ("value_int", 0));
        Constant("ints", OnnxElement.Int64, [2], ("value_ints", new[] { long.MaxValue, -1 }));
        Constant("float", OnnxElement.Float32, [], ("value_float", 0.25f));
        Constant("floats", OnnxElement.Float32, [3], ("value_floats", new[] { 1.5f, 0, -2 }));
        Constant("tensor", OnnxElement.Float32, [2, 1], ("value", OnnxTensor.Of(_denseBias.AsMemory(2), 2, 1)));
        Constant("scalar", OnnxElement.Int64, [], ("value", OnnxTensor.Of([5L])));
        var words = graph.Node("Constant", [], ("value_strings", new[] { "Käse", "the", "BROT" }));
        var text = graph.Node(new("StringNormalizer", "text"), [words],
            ("case_change_action", "LOWER"), ("stopwords", new[] { "the" }), ("locale", ""));
        graph.Output(text, Text, 2);

        using var run = new OnnxRun(graph);
        var outputs = run.Outputs();

        Assert.Equal([-3L], outputs[0].GetTensorDataAsSpan<long>().ToArray());
        Assert.Equal([0L], outputs[1].GetTensorDataAsSpan<long>().ToArray());
        Assert.Equal([long.MaxValue, -1], outputs[2].GetTensorDataAsSpan<long>().ToArray());
        Assert.Equal([0.25f], OnnxRun.Floats(outputs[3]));
        Assert.Equal([1.5f, 0, -2], OnnxRun.Floats(outputs[4]));
        Assert.Equal(_denseBias[2..], OnnxRun.Floats(outputs[5]));
        Assert.Equal([2, 1], OnnxRun.Shape(outputs[5]));
        Assert.Equal([5L], outputs[6].GetTensorDataAsSpan<long>().ToArray());
        Assert.Empty(OnnxRun.Shape(outputs[6]));
        Assert.Equal(["käse", "brot"], outputs[7].GetStringTensorAsArray());

        void Constant(string name, OnnxElement element, OnnxDim[] dims, OnnxAttribute attribute)
            => graph.Output(graph.Node(new("Constant", name), [], attribute), element, dims);
    }

    [Fact]
    public void Write_ImportedDomain_FindsItsOperator()
    {
        var graph = new OnnxGraphBuilder("domain", "Tests");
        graph.Import("com.microsoft", 1);
        var x = graph.Input("x", OnnxElement.Float32, 2);
        graph.Output(graph.Node(new("QuickGelu", Domain: "com.microsoft"), [x], ("alpha", 2f)), OnnxElement.Float32, 2);

        using var run = new OnnxRun(graph);

        AssertClose([1 / (1 + MathF.Exp(-2)), -0.5f / (1 + MathF.Exp(1))], run.Outputs([1, -0.5f], 2)[0]);
    }

    // Convolution, and beside it the means of the input itself; 4 scores from both.
    private OnnxGraphBuilder Cnn()
    {
        var graph = new OnnxGraphBuilder("cnn", "Tests", "1.0", "A network.");
        var image = graph.Input("image", OnnxElement.Float32, "batch", Channels, Height, Width);
        var filters = graph.Weights("conv.weight", _filters, Filters, Channels, 3, 3);
        var conv = graph.Node("Conv", [image, filters, graph.Weights("conv.bias", _bias, Filters)],
            ("kernel_shape", new long[] { 3, 3 }), ("strides", new long[] { 2, 2 }), ("pads", new long[] { 1, 1, 1, 1 }));
        var means = graph.Node("GlobalAveragePool", [graph.Node("Relu", [conv])]);
        var both = graph.Node("Concat", [means, graph.Node("GlobalAveragePool", [image])], ("axis", 1L));
        var dense = graph.Weights("dense.weight", _dense, Classes, Filters + Channels);
        var scores = graph.Node(new("Gemm", "scores"), [graph.Node("Flatten", [both]), dense, graph.Weights("dense.bias", _denseBias, Classes)],
            ("alpha", 0.5f), ("transB", 1L));
        graph.Output(scores, OnnxElement.Float32, "batch", Classes);
        return graph;
    }

    private float[] CnnScores(float[] image)
    {
        const int Rows = (Height + 1) / 2, Columns = (Width + 1) / 2;
        var features = new double[Filters + Channels];
        for (var filter = 0; filter < Filters; filter++)
        for (var row = 0; row < Rows; row++)
        for (var column = 0; column < Columns; column++)
        {
            double sum = _bias[filter];
            for (var channel = 0; channel < Channels; channel++)
            for (var dy = 0; dy < 3; dy++)
            for (var dx = 0; dx < 3; dx++)
            {
                var (y, x) = ((2 * row) + dy - 1, (2 * column) + dx - 1);
                if (y is >= 0 and < Height && x is >= 0 and < Width)
                    sum += _filters[(((filter * Channels) + channel) * 9) + (dy * 3) + dx] * image[(((channel * Height) + y) * Width) + x];
            }

            features[filter] += Math.Max(sum, 0) / (Rows * Columns);
        }

        for (var pixel = 0; pixel < image.Length; pixel++)
            features[Filters + (pixel / (Height * Width))] += image[pixel] / (double)(Height * Width);
        return [.. _dense.Chunk(features.Length).Select((row, c) => (float)((0.5 * row.Zip(features, (w, f) => w * f).Sum()) + _denseBias[c]))];
    }

    private static float[] Numbers(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (random.NextSingle() * 2) - 1)];
    }

    private static void AssertClose(float[] expected, OrtValue actual)
    {
        var scores = OnnxRun.Floats(actual);
        Assert.Equal(expected.Length, scores.Length);
        Assert.All(expected.Zip(scores), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
    }
}
