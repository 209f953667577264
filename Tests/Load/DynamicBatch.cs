using ClassifierFunctions.Models.Onnx;
using Google.Protobuf;

namespace ClassifierFunctions.Tests.Load;

/// <summary>
/// Makes the batch axis of a model's file dynamic. Right only for graphs whose operators keep images apart whatever their number, without a Reshape to
/// fixed sizes.
/// </summary>
internal static class DynamicBatch
{
    public static void Rewrite(string onnxPath)
    {
        var model = ModelProto.Parser.ParseFrom(File.ReadAllBytes(onnxPath));
        var weights = model.Graph.Initializer.Select(tensor => tensor.Name).ToHashSet();
        // Up to IR version 3, weights are listed as inputs too.
        foreach (var value in model.Graph.Input.Where(input => !weights.Contains(input.Name)).Concat(model.Graph.Output))
            value.Type.TensorType.Shape.Dim[0] = new() { DimParam = "batch" };
        File.WriteAllBytes(onnxPath, model.ToByteArray());
    }
}
