using ClassifierFunctions.ModelTool.TensorFlow;
using static ClassifierFunctions.Tests.Unit.ModelTool.TensorFlow.Sources.SourceGraph;

namespace ClassifierFunctions.Tests.Unit.ModelTool.TensorFlow.Sources;

/// <summary>Shapes as TensorFlow writes them beside nodes, and others, which cannot come of the inputs. They are worked out by hand.</summary>
public sealed class ShapeTests : SourceTestsBase
{
    private static readonly AttrValue Same = Text("SAME");
    private static readonly AttrValue Valid = Text("VALID");

    public static TheoryData<string, long[][], long[], long[]> Elementwise => new()
    {
        { "Relu", [[-1, 5, 5, 3]], [-1, 5, 5, 3], [-1, 5, 4, 3] },
        { "Relu", [[-1, -1, 5, 3]], [-1, 9, 5, 3], [-1, 9, 5] },
        { "BiasAdd", [[-1, 7], [7]], [-1, 7], [-1, 8] },
        { "Add", [[-1, 5, 5, 3], [3]], [-1, 5, 5, 3], [-1, 5, 5, 4] },
        { "Mul", [[-1, 1, 3], [5, 1]], [-1, 5, 3], [-1, 1, 3] },
        { "AddV2", [[-1, 2], [-1, 3]], [], [-1, 3] },
        { "MatMul", [[-1, 4], [4, 2]], [-1, 2], [-1, 3] },
        { "MatMul", [[-1, 4], [5, 2]], [], [-1, 2] },
        { "MatMul", [[-1, 2, 2], [4, 2]], [], [-1, 2] },
    };

    [Theory]
    [MemberData(nameof(Elementwise))]
    public void Verify_OutputOfInputs_IsRightOrFails(string op, long[][] inputs, long[] right, long[] wrong) => Check(op, inputs, right, wrong);

    public static TheoryData<string, long[][], long[], long[], bool, string, long[]> Windows => new()
    {
        { "Conv2D", [[-1, 9, 10, 3], [3, 3, 3, 8]], [-1, 5, 5, 8], [-1, 4, 5, 8], true, "NHWC", [1, 2, 2, 1] },
        { "Conv2D", [[-1, 9, 10, 3], [3, 3, 3, 8]], [-1, 4, 4, 8], [-1, 5, 4, 8], false, "NHWC", [1, 2, 2, 1] },
        { "Conv2D", [[-1, 3, 9, 10], [3, 3, 3, 8]], [-1, 8, 5, 5], [-1, 5, 5, 8], true, "NCHW", [1, 1, 2, 2] },
        { "Conv2D", [[-1, 9, 9, 4], [3, 3, 3, 8]], [], [-1, 9, 9, 8], true, "NHWC", [1, 1, 1, 1] },
        { "Conv2D", [[-1, -1, 9, 6], [3, 3, 3, 8]], [-1, -1, 7, 8], [-1, -1, 9, 8], false, "NHWC", [1, 1, 1, 1] },
        { "DepthwiseConv2dNative", [[-1, 9, 9, 3], [3, 3, 3, 2]], [-1, 9, 9, 6], [-1, 9, 9, 2], true, "NHWC", [1, 1, 1, 1] },
        { "MaxPool", [[-1, 9, 9, 3]], [-1, 4, 4, 3], [-1, 5, 4, 3], false, "NHWC", [1, 2, 2, 1] },
        { "AvgPool", [[-1, 9, 9, 3]], [-1, 5, 5, 3], [-1, 5, 5, 4], true, "NHWC", [1, 2, 2, 1] },
    };

    [Theory]
    [MemberData(nameof(Windows))]
    public void Verify_OutputOfWindows_IsRightOrFails(
        string op, long[][] inputs, long[] right, long[] wrong, bool isSame, string format, long[] strides)
        => Check(
            op, inputs, right, wrong,
            ("padding", isSame ? Same : Valid), ("data_format", Text(format)), ("strides", Ints(strides)), ("ksize", Ints(1, 2, 2, 1)));

    [Fact]
    public void Verify_OutputOfDilatedConvolution_IsRightOrFails()
        => Check(
            "Conv2D", [[-1, 9, 9, 3], [3, 3, 3, 8]], [-1, 5, 5, 8], [-1, 7, 7, 8],
            ("padding", Valid), ("strides", Ints(1, 1, 1, 1)), ("dilations", Ints(1, 2, 2, 1)));

    public static TheoryData<string, long[], int[], long[], long[]> WithConstants => new()
    {
        { "Reshape", [-1, 4, 4, 2], [-1, 32], [-1, 32], [-1, 33] },
        { "Reshape", [-1, 4, 4, 2], [-1, 32], [7, 32], [32] },
        { "Reshape", [-1, 4, 4, 2], [-2, 32], [], [-1, 32] },
        { "Transpose", [-1, 4, 5, 2], [0, 3, 1, 2], [-1, 2, 4, 5], [-1, 4, 5, 2] },
        { "Transpose", [-1, 4, 5, 2], [0, 3, 1, 4], [], [-1, 2, 4, 5] },
        { "Pad", [-1, 4, 5, 2], [0, 0, 1, 1, 2, 0, 0, 0], [-1, 6, 7, 2], [-1, 6, 6, 2] },
        { "Mean", [-1, 4, 5, 2], [1, 2], [-1, 2], [-1, 5] },
        { "Mean", [-1, 4, 5, 2], [1, -1], [-1, 5], [-1, 2] },
        { "Mean", [-1, 4, 5, 2], [1, 4], [], [-1, 5] },
    };

    [Theory]
    [MemberData(nameof(WithConstants))]
    public void Verify_OutputByConstant_IsRightOrFails(string op, long[] input, int[] constant, long[] right, long[] wrong)
    {
        foreach (var output in new[] { right, wrong })
        {
            var graph = new SourceGraph().Add("Source", "x", [], ("_output_shapes", Shapes(input))).Add(Integers("constant", constant));
            Verify(graph.Add(op, "y", ["x", "constant"], ("_output_shapes", Shapes(output))), output == wrong, right.Length > 0);
        }
    }

    [Fact]
    public void Verify_OutputOfKeptDimensions_IsRightOrFails()
    {
        foreach (var (isKept, isWrong) in new[] { (true, false), (false, true) })
        {
            var graph = new SourceGraph().Add("Source", "x", [], ("_output_shapes", Shapes([-1, 4, 5, 2]))).Add(Integers("constant", 1, 2));
            Verify(graph.Add("Mean", "y", ["x", "constant"], ("keep_dims", Bool(isKept)), ("_output_shapes", Shapes([-1, 1, 1, 2]))), isWrong, true);
        }
    }

    [Theory]
    [InlineData(1, new long[] { -1, 7, 2 }, false)]
    [InlineData(-2, new long[] { -1, 7, 2 }, false)]
    [InlineData(1, new long[] { -1, 8, 2 }, true)]
    [InlineData(2, new long[] { -1, 7, 2 }, true)]
    [InlineData(3, new long[] { -1, 7, 2 }, true)]
    public void Verify_OutputOfJoined_IsRightOrFails(int axis, long[] output, bool isWrong)
    {
        var graph = new SourceGraph().Add("Source", "a", [], ("_output_shapes", Shapes([-1, 4, 2])));
        graph.Add("Source", "b", [], ("_output_shapes", Shapes([9, 3, -1])));
        Verify(graph.Add(Integers("axis", axis)).Add("ConcatV2", "y", ["a", "b", "axis"], ("_output_shapes", Shapes(output))), isWrong, true);
    }

    /// <summary>As Keras flattens: the sizes are worked out from the input's shape.</summary>
    [Theory]
    [InlineData(0, 1, -1, null)]
    [InlineData(0, 1, 32, null)]
    [InlineData(0, 1, 33, "y")]
    [InlineData(0, 1, -103, "y")]
    [InlineData(79, 1, -1, "pack")]
    [InlineData(0, 0, -1, "slice")]
    [InlineData(0, 3, -1, "slice")]
    public void Verify_OutputBySizesOfTheInput_IsRightOrFails(int axis, int shrink, int rest, string? wrong)
    {
        var graph = new SourceGraph().Add("Source", "x", [], ("_output_shapes", Shapes([-1, 4, 4, 2])));
        graph.Add("Shape", "shape", ["x"], ("_output_shapes", Shapes([4]))).Add(Integers("begin", 0)).Add(Integers("end", 1)).Add(Integers("rest", rest));
        graph.Meta.GraphDef.Node[^1].Attr["value"].Tensor.TensorShape.Dim.Clear();
        graph.Add("StridedSlice", "slice", ["shape", "begin", "end", "end"], ("shrink_axis_mask", Int(shrink)), ("_output_shapes", Shapes([[]])));
        graph.Add("Pack", "pack", ["slice", "rest"], ("axis", Int(axis)), ("_output_shapes", Shapes([2])));
        graph.Add("Reshape", "y", ["x", "pack"], ("_output_shapes", Shapes([-1, 32])));
        using var model = OpenMeta(graph);
        string[] all = ["slice", "pack", "y"];
        model.Verify(all.Where(name => name != wrong));
        if (wrong is not null)
            Fails(() => model.Verify([wrong]), $"node {wrong} (", "its output is");
    }

    /// <summary>Tools that change frozen graphs do not change what was written beside the nodes.</summary>
    [Fact]
    public void Verify_FrozenGraph_IsNotComparedWithShapes()
    {
        var graph = new SourceGraph().Add("Source", "x", [], ("_output_shapes", Shapes([-1, 4])));
        using var model = Open(graph.Add("Relu", "y", ["x"], ("_output_shapes", Shapes([-1, 5]))));
        model.Verify(["y"]);
        Assert.Equal([null, 5], model.OutputShape(model.Nodes["y"], 0));
    }

    private void Check(string op, long[][] inputs, long[] right, long[] wrong, params (string Name, AttrValue Value)[] attributes)
    {
        foreach (var output in new[] { right, wrong })
        {
            var graph = new SourceGraph();
            for (var i = 0; i < inputs.Length; i++)
                graph.Add("Source", $"x{i}", [], ("_output_shapes", Shapes(inputs[i])));
            graph.Add(op, "y", [.. inputs.Select((_, index) => $"x{index}")], [.. attributes, ("_output_shapes", Shapes(output))]);
            Verify(graph, output == wrong, right.Length > 0);
        }
    }

    // No right one: the inputs do not fit each other.
    private void Verify(SourceGraph graph, bool isWrong, bool hasRight)
    {
        using var model = OpenMeta(graph);
        if (isWrong)
            Fails(() => model.Verify(["y"]), "node y", "its output is");
        else if (hasRight)
            model.Verify(["y"]);
    }
}
