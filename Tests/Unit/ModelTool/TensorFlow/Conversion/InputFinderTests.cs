using ClassifierFunctions.ModelTool.TensorFlow;
using ClassifierFunctions.ModelTool.TensorFlow.Conversion;
using ClassifierFunctions.Tests.Support.TensorFlow;
using ClassifierFunctions.Tests.Support.TensorFlow.Nodes;

namespace ClassifierFunctions.Tests.Unit.ModelTool.TensorFlow.Conversion;

/// <summary>Pictures that are fed to a placeholder, in the shapes that graphs give it.</summary>
public sealed class InputFinderTests : ConversionTestsBase
{
    private static readonly (string Name, AttrValue Value) Float = ("T", AttributeValue.Of(DataType.DtFloat));

    [Theory]
    [InlineData(5, 7, 3)]
    [InlineData(28, 28, 1)]
    [InlineData(3, 3, 3)]
    public void Find_ChannelsLast_IsAsInTheGraph(int height, int width, int channels)
    {
        var scores = Network(Graph.Placeholder("x", DataType.DtFloat, -1, height, width, channels), height * width * channels);

        Check(Find(scores), "x", $"[N, {height}, {width}, {channels}]", height, width, channels);
    }

    [Fact]
    public void Find_ChannelsFirst_IsAsInTheGraph()
    {
        var x = Graph.Placeholder("x", DataType.DtFloat, -1, 3, 5, 7);
        var scores = Graph.Reduce("Mean", Graph.Conv2D(x, Graph.Random(3, 3, 3, 2), format: "NCHW"), Graph.Vector(2, 3), keepDims: false);

        Check(Find(scores), "x", "[N, 3, 5, 7]", 5, 7, 3);
        Runs(new(), scores, [3, 5, 7], ("x", [3, 5, 7]));
    }

    [Theory]
    [InlineData(nameof(DataType.DtUint8), nameof(DataType.DtUint8))]
    [InlineData(nameof(DataType.DtHalf), nameof(DataType.DtFloat))]
    [InlineData(nameof(DataType.DtDouble), nameof(DataType.DtFloat))]
    public void Find_Type_IsBytesOrFloat(string name, string expected)
    {
        var type = Enum.Parse<DataType>(name);
        var x = Graph.Cast(Graph.Placeholder("x", type, -1, 5, 7, 3), type, DataType.DtFloat);

        Assert.Equal(expected, $"{Find(Network(x, 105)).Type}");
    }

    /// <summary>Graphs for a number of pictures at a time have that number in their shapes.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(32)]
    public void Find_FixedBatch_BecomesAnyNumber(int batch)
    {
        var scores = Build(Graph, batch);
        var any = new TestGraph();
        Build(any, -1);

        Runs(new(), scores, [4, 4, 3], ("x", [4, 4, 3]), any);

        static string Build(TestGraph graph, int batch)
            => graph.Apply("Softmax", graph.MatMul(graph.Reshape(graph.Features(graph.Placeholder("x", DataType.DtFloat, batch, 4, 4, 3)), batch, 32), graph.Random(32, 5)));
    }

    /// <summary>To rows of pixels and back.</summary>
    [Fact]
    public void Find_MultiplesOfAFixedBatch_BecomeThoseOfAnyNumber()
    {
        var scores = Build(Graph, 2);
        var any = new TestGraph();
        Build(any, -1);

        Runs(new(), scores, [4, 4, 3], ("x", [4, 4, 3]), any);

        static string Build(TestGraph graph, int batch)
        {
            var pixels = graph.Reshape(graph.Features(graph.Placeholder("x", DataType.DtFloat, batch, 4, 4, 3)), batch < 0 ? -1 : batch * 16, 2);
            return graph.Apply("Softmax", graph.Dense(graph.Reshape(graph.Apply("Softmax", pixels), batch, 4, 4, 2)));
        }
    }

    /// <summary>The graph itself says which picture a row is.</summary>
    [Fact]
    public void Find_RowsThatTheGraphReshapes_ArePictures()
    {
        var picture = Graph.Reshape(Graph.Placeholder("x", DataType.DtFloat, -1, 60), -1, 5, 4, 3);
        var scores = Network(Graph.Conv2D(picture, Graph.Random(3, 3, 3, 3)), 60);

        Check(Find(scores), "x", "[N, 5, 4, 3]", 5, 4, 3);
        Runs(new(), scores, [5, 4, 3], ("x", [60]));
    }

    [Fact]
    public void Find_RowsOfUnknownLengthThatTheGraphReshapes_ArePictures()
    {
        var x = Graph.AddNamed("x", "Placeholder", [], ("dtype", AttributeValue.Of(DataType.DtFloat)), ("shape", UnknownShape));
        var scores = Network(Graph.Reshape(x, -1, 6, 6, 1), 36);

        Check(Find(scores), "x", "[N, 6, 6, 1]", 6, 6, 1);
        Runs(new(), scores, [6, 6, 1], ("x", [36]));
    }

    [Theory]
    [InlineData(784, 28, 1)]
    [InlineData(3072, 32, 3)]
    public void Find_RowsOnly_AreSquares(int length, int side, int channels)
    {
        var scores = Graph.Apply("Softmax", Graph.MatMul(Graph.Placeholder("x", DataType.DtFloat, -1, length), Graph.Random(length, 2)));

        Check(Find(scores), "x", $"[N, {side}, {side}, {channels}]", side, side, channels);
        Runs(new(), scores, [side, side, channels], ("x", [length]));
    }

    [Fact]
    public void Find_RowsOfUnknownLength_AreAsLongAsTheWeights()
    {
        var x = Graph.AddNamed("x", "Placeholder", [], ("dtype", AttributeValue.Of(DataType.DtFloat)), ("shape", UnknownShape));
        var scores = Graph.Apply("Softmax", Graph.MatMul(x, Graph.Random(36, 2)));

        Check(Find(scores), "x", "[N, 6, 6, 1]", 6, 6, 1);
    }

    [Fact]
    public void Find_RowsThatAreNoSquare_TakeTheSizeAskedFor()
    {
        var scores = Graph.Apply("Softmax", Graph.MatMul(Graph.Placeholder("x", DataType.DtFloat, -1, 96), Graph.Random(96, 2)));

        Check(Find(scores, size: (8, 4)), "x", "[N, 4, 8, 3]", 4, 8, 3);
        Fails(new(), "input x: it takes rows of 96 numbers, which make no square image", "--preprocess size=");
    }

    [Fact]
    public void Find_UnknownShape_TakesTheSizeAskedFor()
    {
        var x = Graph.AddNamed("x", "Placeholder", [], ("dtype", AttributeValue.Of(DataType.DtFloat)), ("shape", UnknownShape));
        var scores = Graph.Reduce("Mean", Graph.Conv2D(x, Graph.Random(3, 3, 1, 2)), Graph.Vector(1, 2), keepDims: false);

        Check(Find(scores, size: (7, 5)), "x", "[N, 5, 7, 1]", 5, 7, 1);
        Fails(new(), "input x: it takes images of any size", "--preprocess size=<width>x<height>");
    }

    [Fact]
    public void Find_UnknownSides_TakeTheSizeAskedFor()
    {
        var scores = Graph.Reduce("Mean", Graph.Features(Graph.Placeholder("x", DataType.DtFloat, -1, -1, -1, 3)), Graph.Vector(1, 2), keepDims: false);

        Check(Find(scores, size: (7, 5)), "x", "[N, 5, 7, 3]", 5, 7, 3);
        Fails(new(), "input x: it takes images of any size");
    }

    [Fact]
    public void Find_SizeThatTheGraphContradicts_Fails()
    {
        Graph.Apply("Softmax", Graph.Logits(Graph.Picture()));

        Fails(new() { Size = (8, 4) }, "input x: its images are 4 x 4 pixels, not 8 x 4 as --preprocess says");
    }

    [Fact]
    public void Find_GreyWithoutAxisForIt_IsGiven()
    {
        var x = Graph.Placeholder("x", DataType.DtFloat, -1, 5, 7);
        var scores = Network(Graph.ExpandDims(x, -1), 35);

        Check(Find(scores), "x", "[N, 5, 7, 1]", 5, 7, 1);
        Runs(new(), scores, [5, 7, 1], ("x", [5, 7]));
    }

    /// <summary>A graph for one picture at a time: what it is before there are several is cut off.</summary>
    [Fact]
    public void Find_OnePictureThatIsExpanded_IsWhatThatMakes()
    {
        var expanded = Graph.ExpandDims(Graph.Placeholder("x", DataType.DtFloat, 5, 7, 3), 0);
        var scores = Network(expanded, 105);

        Check(Find(scores), expanded, "[N, 5, 7, 3]", 5, 7, 3);
        Runs(new(), scores, [5, 7, 3], (expanded, [5, 7, 3]));
    }

    [Fact]
    public void Find_PlaceholderWithDefault_IsIt()
    {
        var x = Graph.AddNamed(
            "x", "PlaceholderWithDefault", [Graph.Random(1, 4, 4, 3)], ("dtype", AttributeValue.Of(DataType.DtFloat)), ("shape", AttributeValue.Shape(-1, 4, 4, 3)));
        var scores = Graph.Apply("Softmax", Graph.Logits(x));

        Check(Find(scores), "x", "[N, 4, 4, 3]", 4, 4, 3);
        Runs(new(), scores, [4, 4, 3], ("x", [4, 4, 3]));
    }

    /// <summary>Settings without a shape, labels and switches are no pictures.</summary>
    [Fact]
    public void Find_OtherPlaceholders_AreNotIt()
    {
        var keep = Graph.AddNamed("keep_prob", "Placeholder", [], ("dtype", AttributeValue.Of(DataType.DtFloat)), ("shape", UnknownShape));
        var mean = Graph.Placeholder("mean", DataType.DtFloat, 3);
        var logits = Graph.Logits(Graph.Apply("Sub", Graph.Picture(), mean));
        var scores = Graph.Apply("Softmax", Graph.Apply("Mul", logits, keep));
        Graph.Apply("SoftmaxCrossEntropyWithLogits", logits, Graph.Placeholder("y", DataType.DtFloat, -1, 1000));

        Check(Find(scores), "x", "[N, 4, 4, 3]", 4, 4, 3);
    }

    [Fact]
    public void Find_Several_ListsThemWithTheirShapes()
    {
        var other = Graph.Placeholder("depth", DataType.DtFloat, -1, 4, 4, 1);
        Graph.Apply("Softmax", Graph.Logits(Graph.Concat(3, Graph.Placeholder("left", DataType.DtFloat, -1, 4, 4, 2), other)));

        Fails(new(), "several inputs may be the image; name one with --input: ", "left [?, 4, 4, 2]", "depth [?, 4, 4, 1]");
    }

    [Fact]
    public void Find_None_SaysWhereTheGraphBegins()
    {
        var numbers = Graph.Placeholder("features", DataType.DtFloat, -1, 8);
        var scores = Graph.Apply("Softmax", Graph.MatMul(numbers, Graph.Random(8, 2)));

        Fails(new(), $"no placeholder for images leads to {scores}", "--input", "It begins with features (Placeholder).");
    }

    [Fact]
    public void Find_ConstantsOnly_SaysSo()
    {
        Graph.Apply("Softmax", Graph.MatMul(Graph.Random(2, 5), Graph.Random(5, 2)));

        Fails(new(), "no placeholder for images leads to Softmax", "It depends on constants only.");
    }

    /// <summary>What comes before it is cut off.</summary>
    [Fact]
    public void Find_NamedInnerNode_IsTheInput()
    {
        var centred = Graph.Apply("Sub", Graph.Placeholder("x", DataType.DtFloat, -1, -1, -1, 3), Graph.Random(3));
        var scores = Graph.Apply("Softmax", Graph.Logits(centred));

        Check(Find(scores, centred, (4, 4)), centred, "[N, 4, 4, 3]", 4, 4, 3);
        Runs(new() { Input = centred, Size = (4, 4) }, scores, [4, 4, 3], (centred, [4, 4, 3]));
    }

    [Fact]
    public void Find_NamedWithItsOutput_IsTheSame()
        => Check(Find(Graph.Apply("Softmax", Graph.Logits(Graph.Picture())), "x:0"), "x", "[N, 4, 4, 3]", 4, 4, 3);

    [Fact]
    public void Find_NameThatIsNone_ListsPlaceholders()
    {
        Graph.Apply("Softmax", Graph.Logits(Graph.Picture()));

        Fails(new() { Input = "image" }, "--input image: there is no such node. Placeholders are: x.");
    }

    [Theory]
    [InlineData("count", "it takes no images: neither float nor uint8")]
    [InlineData("row", "it has 1 dimensions; images have 4")]
    [InlineData("layers", "its images have 4 channels; 1 (grey) and 3 are supported")]
    [InlineData("huge", "its images are 20000 x 4 pixels")]
    public void Find_NamedThatTakesNoPictures_SaysWhy(string name, string why)
    {
        Graph.Placeholder("count", DataType.DtInt32, -1, 4, 4, 3);
        Graph.Placeholder("row", DataType.DtFloat, 8);
        Graph.Placeholder("layers", DataType.DtFloat, -1, 4, 4, 4);
        Graph.Placeholder("huge", DataType.DtFloat, -1, 4, 20000, 3);
        Graph.Apply("Softmax", Graph.Logits(Graph.Picture()));

        Fails(new() { Input = name }, $"input {name}: {why}");
    }

    [Fact]
    public void Convert_OutputWithoutTheInput_SaysSo()
    {
        Graph.Picture();
        var other = Graph.Apply("Softmax", Graph.MatMul(Graph.Random(2, 5), Graph.Random(5, 2)));

        Fails(new() { Input = "x", Outputs = [other] }, $"{other} does not depend on x; name another --output or --input.");
    }

    private static AttrValue UnknownShape => new() { Shape = new() { UnknownRank = true } };

    private static void Check(ImageInput input, string name, string dims, int height, int width, int channels)
        => Assert.Equal((name, dims, height, width, channels), (input.Name, Describe.Shape(input.Dims), input.Height, input.Width, input.Channels));

    private string Network(string picture, int numbers) => Graph.AddNamed(
        "scores", "Softmax", [Graph.MatMul(Graph.Reshape(picture, -1, numbers), Graph.Random(numbers, 2))], Float);

    private ImageInput Find(string output, string? wanted = null, (int Width, int Height)? size = null)
    {
        using var source = Graph.Open();
        return new InputFinder(source, new GraphShape(source)).Find([output], wanted, size);
    }
}
