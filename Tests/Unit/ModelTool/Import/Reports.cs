using ClassifierFunctions.Models;
using ClassifierFunctions.ModelTool.Import;
using ClassifierFunctions.Tests.Support;

namespace ClassifierFunctions.Tests.Unit.ModelTool.Import;

/// <summary>Reports of imports that never were.</summary>
internal static class Reports
{
    /// <summary>The network of the ancestor's article, with its numbers of parameters.</summary>
    public static ImportReport AlexNet { get; } = new()
    {
        SourceKind = "TensorFlow 1 checkpoint",
        Sources = [new("alexnet.index", 1_900, new string('a', 64)), new("alexnet.data-00000-of-00001", 748_540_200, new string('b', 64))],
        TensorFlowVersion = "1.3.0",
        Input = new("x", 227, 227, 3),
        Outputs = [new("y_pred", 1000)],
        Layers =
        [
            new("conv1", "conv 11 x 11 / 4", "55 x 55 x 96", 34_944),
            new("conv2", "conv 5 x 5", "27 x 27 x 256", 614_656),
            new("conv3", "conv 3 x 3", "13 x 13 x 384", 885_120),
            new("conv4", "conv 3 x 3", "13 x 13 x 384", 1_327_488),
            new("conv5", "conv 3 x 3", "13 x 13 x 256", 884_992),
            new("fc6", "dense", "4096", 37_752_832),
            new("fc7", "dense", "4096", 16_781_312),
            new("fc8|`out`", "dense", "1000", 4_097_000),
        ],
        NodesBefore = 722,
        NodesAfter = 24,
        Dropped = [new("optimizer slots", 32, 499_026_752), new("summaries", 7)],
        Constants = [new("keep_prob", "1", "dropout is off at inference")],
        Notes = ["Two dropouts were taken out."],
    };

    public static Preprocessing Preprocessing { get; } = PreprocessOption.Parse("bgr").For(AlexNet.Input);

    /// <summary>A folder as the app reads it; bytes and labels are those of a real model.</summary>
    public static ModelVersion Model { get; } = ModelFolder.Read("alexnet", "1", TestData.Squeezenet);
}
