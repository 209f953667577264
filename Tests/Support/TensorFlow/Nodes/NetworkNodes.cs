using ClassifierFunctions.ModelTool.TensorFlow;

namespace ClassifierFunctions.Tests.Support.TensorFlow.Nodes;

/// <summary>A classifier as small as one can be: of pictures of 4 x 4 with 3 channels.</summary>
internal static class NetworkNodes
{
    public const int Side = 4;

    /// <summary>The placeholder x, of any number of pictures.</summary>
    public static string Picture(this TestGraph graph) => graph.Placeholder("x", DataType.DtFloat, -1, Side, Side, 3);

    /// <summary>A convolution with an activation: [N, 4, 4, 2].</summary>
    public static string Features(this TestGraph graph, string picture) => graph.Apply("Relu", graph.Conv2D(picture, graph.Random(3, 3, 3, 2)));

    /// <summary>Features and a dense layer: [N, classes].</summary>
    public static string Logits(this TestGraph graph, string picture, int classes = 2) => graph.Dense(graph.Features(picture), classes);

    /// <summary>A dense layer on features: [N, classes].</summary>
    public static string Dense(this TestGraph graph, string features, int classes = 2)
        => graph.BiasAdd(graph.MatMul(graph.Reshape(features, -1, Side * Side * 2), graph.Random(Side * Side * 2, classes)), graph.Random(classes));
}
