namespace ClassifierFunctions.ModelTool.Inspect;

/// <summary>A node of an ONNX graph that has weights.</summary>
/// <param name="Name">The node's name, or that of what it makes.</param>
/// <param name="Operator">With what it says of kernel, strides, groups and dilations: "Conv 11 x 11 / 4".</param>
/// <param name="Output">Shape of what it makes; empty when the file does not say it.</param>
/// <param name="Parameters">Number of its weights that no earlier node has.</param>
internal sealed record OnnxLayer(string Name, string Operator, string Output, long Parameters);
