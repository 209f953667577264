using ClassifierFunctions.Inference;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace ClassifierFunctions.ModelTool.TensorFlow.Conversion;

/// <summary>Loads a written model in ONNX Runtime and runs it, with one image and with two.</summary>
internal static class OnnxCheck
{
    /// <exception cref="ImportException">It cannot be loaded or run, or gives something else than the graph says.</exception>
    public static void Run(string path, ConvertedModel model)
    {
        try
        {
            using var options = OnnxEnvironment.CreateSessionOptions();
            // Two runs need no optimisation, and no copy of the weights.
            options.GraphOptimizationLevel = GraphOptimizationLevel.ORT_DISABLE_ALL;
            options.EnableCpuMemArena = false;
            options.AddSessionConfigEntry("session.disable_prepacking", "1");
            options.AddSessionConfigEntry("session.model_external_initializers_file_folder_path", Path.GetDirectoryName(Path.GetFullPath(path))!);
            using var session = new InferenceSession(MappedWeights.ModelOf(path), options);
            foreach (var images in model.Input.Dims[0].PerImage ? new[] { 1, 2 } : [1])
                Run(session, model, images);
        }
        catch (OnnxRuntimeException refused)
        {
            throw new ImportException($"ONNX Runtime cannot run what was made: {refused.Message.ReplaceLineEndings(" ").Trim()}", refused);
        }
    }

    private static void Run(InferenceSession session, ConvertedModel model, int images)
    {
        long[] shape = [.. model.Input.Dims.Select(dim => dim.Factor * (dim.PerImage ? images : 1))];
        using var input = OrtValue.CreateAllocatedTensorValue(
            OrtAllocator.DefaultInstance, model.Input.Type == DataType.DtUint8 ? TensorElementType.UInt8 : TensorElementType.Float, shape);
        if (model.Input.Type == DataType.DtUint8)
            input.GetTensorMutableDataAsSpan<byte>().Fill(1 << 7);
        else
            input.GetTensorMutableDataAsSpan<float>().Fill(0.5f);
        using var runOptions = new RunOptions();
        using var results = session.Run(runOptions, [model.Input.Name], [input], [.. model.Outputs.Select(output => output.Name)]);
        foreach (var (output, result) in model.Outputs.Zip(results))
        {
            long[] expected = [.. output.Dims.Select(dim => dim.Factor * (dim.PerImage ? images : 1))];
            var dims = result.GetTensorTypeAndShape().Shape;
            if (!dims.SequenceEqual(expected))
                throw new ImportException($"Output {output.Name} of what was made has shape {Describe.Shape(dims)} for {images} images, not {Describe.Shape(expected)}: the graph is damaged, or this is a fault of import.");
            if (output.Type == DataType.DtFloat && result.GetTensorDataAsSpan<float>().ContainsAnyExceptInRange(float.MinValue, float.MaxValue))
                throw new ImportException($"Output {output.Name} of what was made is not a finite number for a grey image: the weights are damaged, or training diverged.");
        }
    }
}
