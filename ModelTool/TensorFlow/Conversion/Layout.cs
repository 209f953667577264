namespace ClassifierFunctions.ModelTool.TensorFlow.Conversion;

/// <summary>How a tensor that TensorFlow has as [N, H, W, C] lies in memory.</summary>
internal enum Layout
{
    /// <summary>As TensorFlow has it, whatever its axes are.</summary>
    Plain,

    /// <summary>As [N, C, H, W], in which ONNX's operators on images work.</summary>
    ChannelsFirst,
}
