using ClassifierFunctions.ModelTool.TensorFlow;
using ClassifierFunctions.ModelTool.TensorFlow.Conversion;
using ClassifierFunctions.Tests.Support.TensorFlow;
using ClassifierFunctions.Tests.Support.TensorFlow.Nodes;

namespace ClassifierFunctions.Tests.Unit.ModelTool.TensorFlow.Conversion;

/// <summary>Graphs that were saved with what read their pictures: it is cut off where pictures leave it.</summary>
public sealed class InputPipelineTests : ConversionTestsBase
{
    /// <summary>Of 32 pictures at a time; the number is nowhere else.</summary>
    [Theory]
    [InlineData("QueueDequeueManyV2", 0)]
    [InlineData("QueueDequeueUpToV2", 1)]
    [InlineData("IteratorGetNext", 0)]
    [InlineData("IteratorGetNext", 1)]
    public void Find_QueueOrIterator_IsItsOutputOfPictures(string op, int port)
    {
        var reader = Reader(op, ("_output_shapes", Shapes(port == 0 ? [[32, 4, 4, 3], [32]] : [[32], [32, 4, 4, 3]])));
        var pictures = port == 0 ? reader : $"{reader}:1";
        var scores = Graph.Apply("Softmax", Graph.Logits(pictures));

        var input = Convert().Input;

        Assert.Equal((pictures, "[N, 4, 4, 3]"), (input.Name, Describe.Shape(input.Dims)));
        Runs(new(), scores, [4, 4, 3], (pictures, [4, 4, 3]));
    }

    [Fact]
    public void Find_QueueBesideAPlaceholder_IsThePlaceholder()
    {
        var reader = Reader("QueueDequeueManyV2", ("_output_shapes", Shapes([32, 4, 4, 3], [32])));
        var shape = ("shape", AttributeValue.Shape(-1, 4, 4, 3));
        var x = Graph.AddNamed("x", "PlaceholderWithDefault", [reader], ("dtype", AttributeValue.Of(DataType.DtFloat)), shape);
        Graph.Apply("Softmax", Graph.Logits(x));

        Assert.Equal("x", Convert().Input.Name);
    }

    /// <summary>Nothing says what an iterator gives but the step after it.</summary>
    [Fact]
    public void Find_IteratorThenReshape_IsTheReshape()
    {
        var picture = Graph.Reshape(Reader("IteratorGetNext"), -1, 4, 4, 3);
        var scores = Graph.Apply("Softmax", Graph.Logits(picture));

        Assert.Equal(picture, Convert().Input.Name);
        Runs(new(), scores, [4, 4, 3], (picture, [4, 4, 3]));
    }

    /// <summary>Inception as it was given away in 2015: a file goes in.</summary>
    [Theory]
    [InlineData("ResizeBilinear")]
    [InlineData("ResizeNearestNeighbor")]
    public void Find_DecodedAndResized_IsTheResized(string op)
    {
        var decoded = Graph.Add("DecodeJpeg", [Graph.Placeholder("DecodeJpeg/contents", DataType.DtString)], ("channels", AttributeValue.Of(3)));
        var expanded = Graph.ExpandDims(Graph.Cast(decoded, DataType.DtUint8, DataType.DtFloat), 0);
        var resized = Graph.Resize(op, expanded, Graph.Vector(5, 7), alignCorners: false, halfPixelCenters: false);
        var scores = Graph.Reduce("Mean", Graph.Features(Graph.Apply("Sub", resized, Graph.Scalar(128f))), Graph.Vector(1, 2), keepDims: false);

        var input = Convert().Input;

        Assert.Equal((resized, "[N, 5, 7, 3]"), (input.Name, Describe.Shape(input.Dims)));
        Runs(new(), scores, [5, 7, 3], (resized, [5, 7, 3]));
    }

    [Fact]
    public void Find_DecodedButNotResized_SaysWhereTheGraphBegins()
    {
        var decoded = Graph.Add("DecodePng", [Graph.Placeholder("file", DataType.DtString)], ("channels", AttributeValue.Of(3)));
        Graph.Apply("Softmax", Graph.Logits(Graph.ExpandDims(Graph.Cast(decoded, DataType.DtUint8, DataType.DtFloat), 0)));

        Fails(new(), "no placeholder for images leads to Softmax", "It begins with file (Placeholder).");
    }

    [Fact]
    public void Find_QueueWithoutShapes_SaysWhereTheGraphBegins()
    {
        Graph.Apply("Softmax", Graph.Logits(Reader("QueueDequeueManyV2")));

        Fails(new(), "no placeholder for images leads to Softmax", "It begins with reader/queue (FIFOQueueV2).");
    }

    /// <summary>Gives pictures and labels, or labels and pictures.</summary>
    private string Reader(string op, params (string Name, AttrValue Value)[] attributes)
    {
        var types = AttributeValue.Types(DataType.DtFloat, DataType.DtFloat);
        return op == "IteratorGetNext"
            ? Graph.Add(op, [Graph.AddNamed("reader/iterator", "IteratorV2", [])], [("output_types", types), .. attributes])
            : Graph.Add(op, [Graph.AddNamed("reader/queue", "FIFOQueueV2", []), Graph.Scalar(32)], [("component_types", types), .. attributes]);
    }

    private static AttrValue Shapes(params int[][] shapes) => new() { List = new() { Shape = { shapes.Select(AttributeValue.ShapeOf) } } };
}
