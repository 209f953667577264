using ClassifierFunctions.ModelTool.TensorFlow;
using ClassifierFunctions.ModelTool.TensorFlow.Conversion;
using ClassifierFunctions.ModelTool.TensorFlow.Conversion.Graph;

namespace ClassifierFunctions.Tests.Unit.ModelTool.TensorFlow.Conversion.Passes;

public sealed class ConstantFoldingTests : PassTestsBase
{
    [Fact]
    public void Run_NodesOfConstants_AreTheirNumbers()
    {
        var sum = Apply("Add", Constant([1, 2], 2), Constant([10, 20], 2));
        Output(Apply("Mul", Rows, Apply("Sqrt", Apply("Mul", sum, sum))));

        ConstantFolding.Run(Graph);

        Assert.Equal(["Mul"], Operators);
        Assert.Same(Rows, Graph.Nodes[0].Inputs[0]);
        Assert.Equal([11, 22], Numbers(Graph.Nodes[0].Inputs[1]));
        Assert.True(Graph.Nodes[0].Inputs[1]!.IsConstant);
    }

    [Fact]
    public void Run_OneOfSeveralOutputsOfANode_IsThat()
    {
        var split = Graph.Add(
            "Split", DataType.DtFloat, [("first", [1]), ("second", [1])], [Constant([3, 5], 2), ComputeGraph.Constant("sizes", 1, 1)], ("axis", 0));
        Output(Apply("Mul", Rows, split.Outputs[1]));

        ConstantFolding.Run(Graph);

        Assert.Equal(["Mul"], Operators);
        Assert.Equal([5], Numbers(Graph.Nodes[0].Inputs[1]));
    }

    [Fact]
    public void Run_ConstantThatIsAnOutput_IsItsNumbers()
    {
        Output(Apply("Add", Constant([1, 2], 2), Constant([10, 20], 2)));

        ConstantFolding.Run(Graph);

        Assert.Empty(Operators);
        Assert.Equal([11, 22], Numbers(Graph.Outputs[0].Value));
    }

    /// <summary>For the table of layers.</summary>
    [Fact]
    public void Run_Weights_AreStillCounted()
    {
        var weights = ComputeGraph.Constant("weights", TensorNumbers.FromFloats([1, 2], 2), [new Weights("weights", 2)]);
        Output(Apply("Mul", Rows, Apply("Mul", weights, Constant([2]))));

        ConstantFolding.Run(Graph);

        Assert.Equal([new Weights("weights", 2)], Graph.Nodes[0].Inputs[1]!.Weights);
    }

    [Fact]
    public void Run_NothingConstant_IsLeft()
    {
        Output(Apply("Mul", Rows, Constant([2])));

        ConstantFolding.Run(Graph);

        Assert.Equal(["Mul"], Operators);
    }

    [Fact]
    public void Evaluate_Integers_AreThose()
    {
        var sum = Graph.Add("Add", "sum", DataType.DtInt64, [2], [ComputeGraph.Constant("a", 1, 2), ComputeGraph.Constant("b", 3, 4)]);

        Assert.Equal([4, 6], ConstantFolding.Evaluate(sum).Integers()!);
    }

    [Fact]
    public void Evaluate_WhatOnnxRuntimeRefuses_IsUnsupported()
    {
        var sum = Apply("Add", Constant([1, 2], 2), Constant([1, 2, 3], 3));

        Assert.StartsWith("cannot be computed ahead: ", Assert.Throws<UnsupportedException>(() => ConstantFolding.Evaluate(sum)).Message, StringComparison.Ordinal);
    }

    private GraphValue Apply(string @operator, params GraphValue[] inputs) => Graph.Add(@operator, @operator, DataType.DtFloat, inputs[0].Dims, inputs);
}
