namespace ClassifierFunctions.ModelTool.TensorFlow.Conversion;

/// <summary>What a node does cannot be said in ONNX, or not by us. The message goes on after the node's name: "has a 3-D kernel".</summary>
internal sealed class UnsupportedException(string message) : Exception(message);
