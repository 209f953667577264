using ClassifierFunctions.ModelTool.TensorFlow;

namespace ClassifierFunctions.Tests.Support.TensorFlow.Reference;

/// <summary>The attribute data_format: the implementations are written for NHWC, and NCHW is brought there and back.</summary>
internal static class DataFormat
{
    public static bool IsChannelsFirst(NodeDef node) => node.Text("data_format", "NHWC") == "NCHW";

    public static ReferenceTensor ToNhwc(NodeDef node, ReferenceTensor tensor) => IsChannelsFirst(node) ? tensor.Transpose(0, 2, 3, 1) : tensor;

    public static ReferenceTensor FromNhwc(NodeDef node, ReferenceTensor tensor) => IsChannelsFirst(node) ? tensor.Transpose(0, 3, 1, 2) : tensor;

    /// <summary>Height's and width's numbers of a list that has one for each axis.</summary>
    public static (int Height, int Width) Spatial(NodeDef node, string name) => node.Ints(name) switch
    {
        [_, var height, var width, _] when !IsChannelsFirst(node) => (height, width),
        [_, _, var height, var width] => (height, width),
        _ => (1, 1),
    };
}
