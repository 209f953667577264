using ClassifierFunctions.Models.Onnx;
using ClassifierFunctions.ModelTool.TensorFlow;
using Google.Protobuf;

namespace ClassifierFunctions.Tests.Support.TensorFlow.AlexNet;

/// <summary>AlexNet as it is after training: graph, weights and Adam's state, 748 MB.</summary>
internal static class AlexNetCheckpoint
{
    private const float SlotSpread = 1e-3f;

    /// <returns>The prefix of the checkpoint's files.</returns>
    public static string Write(string folder)
    {
        var prefix = Path.Combine(folder, "alexnet-model");
        File.WriteAllBytes($"{prefix}.meta", AlexNetTraining.Complete(new AlexNetGraph()).ToByteArray());
        using var writer = new TensorBundleWriter(prefix);
        var tensors = AlexNet.Variables.Concat(AlexNetTraining.State.Select(state => (state.Name, state.Dims, SlotSpread)));
        // As TensorFlow writes them: in the order of their names.
        foreach (var (name, dims, spread) in tensors.OrderBy(tensor => tensor.Name, StringComparer.Ordinal))
        {
            writer.Add(
                name, DataType.DtFloat, [.. dims.Select(dim => (long)dim)],
                AlexNet.Blocks(name, AlexNetLayer.Count(dims), spread).Select(FloatBytes.Of));
        }

        writer.Finish();
        return prefix;
    }
}
