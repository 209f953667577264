using ClassifierFunctions.Imaging;
using ClassifierFunctions.Inference;
using ClassifierFunctions.Models;
using ClassifierFunctions.Tests.Support;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace ClassifierFunctions.Tests.Unit.Models.Formats;

/// <summary>Runs a model as its folder describes it, on one batch.</summary>
internal static class ModelRun
{
    /// <summary>The raw scores of images of one colour each, image by image.</summary>
    public static float[] Scores(ModelVersion model, params (byte Red, byte Green, byte Blue)[] colours)
    {
        // Wider than any model here wants: what is cut off or squeezed has the same colour.
        const int width = 40;
        const int height = 20;
        return Scores(model, (preprocessor, i) =>
        {
            var (red, green, blue) = colours[i];
            using var image = new RawImage(width, height, [.. Enumerable.Repeat<byte[]>([red, green, blue], width * height).SelectMany(pixel => pixel)]);
            var tensor = new byte[preprocessor.TensorBytes];
            preprocessor.Process(image, tensor, new(), CancellationToken.None);
            return tensor;
        }, colours.Length);
    }

    /// <summary>The raw scores of an image file.</summary>
    public static float[] Scores(ModelVersion model, string path) => Scores(model, (preprocessor, _) => Imaging.Decoding.Process(preprocessor, path), 1);

    private static float[] Scores(ModelVersion model, Func<Preprocessor, int, byte[]> image, int batch)
    {
        var preprocessor = new Preprocessor(model.Preprocessing, model.Input.Layout, model.Input.Element, model.Input.Channels);
        byte[] tensor = [.. Enumerable.Range(0, batch).SelectMany(i => image(preprocessor, i))];
        using var options = OnnxEnvironment.CreateSessionOptions();
        using var session = new InferenceSession(model.OnnxPath, options);
        using var run = new RunOptions();
        using var input = Input(model.Input, model.Input.Shape(preprocessor.Width, preprocessor.Height, batch), tensor);
        using var outputs = session.Run(run, [model.Input.Name], [input], [model.Output]);
        var scores = new float[batch * model.Labels.Count];
        ScoreReader.Read(outputs[0], model, batch, scores);
        return scores;
    }

    private static OrtValue Input(ModelInput input, long[] shape, byte[] tensor)
    {
        var type = input.Element switch
        {
            TensorElement.Float32 => TensorElementType.Float,
            TensorElement.Float16 => TensorElementType.Float16,
            _ => TensorElementType.UInt8,
        };
        var value = OrtValue.CreateAllocatedTensorValue(OrtAllocator.DefaultInstance, type, shape);
        tensor.CopyTo(value.GetTensorMutableRawData());
        return value;
    }
}
