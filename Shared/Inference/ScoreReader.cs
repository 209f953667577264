using System.Globalization;
using ClassifierFunctions.Models;
using ClassifierFunctions.Results;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace ClassifierFunctions.Inference;

/// <summary>Reads the scores out of a model's output.</summary>
internal static class ScoreReader
{
    /// <param name="output">
    /// A tensor of float32 or float16 with a score per image and label, of any shape, image by image; or a list of a map from class to float32 per image.
    /// </param>
    /// <param name="model">Says which of the two, and the labels' order.</param>
    /// <param name="batch">Number of images.</param>
    /// <param name="scores">Receives the scores as they are, image by image in the labels' order: <paramref name="batch"/> times the labels.</param>
    /// <exception cref="ClassifierException">The output has another number of scores, or other classes.</exception>
    /// <exception cref="OnnxRuntimeException">The output is of another type than the model's graph says.</exception>
    public static void Read(OrtValue output, ModelVersion model, int batch, Span<float> scores)
    {
        if (model.MapKeys is { } keys)
            ReadMaps(output, model, keys, batch, scores);
        else
            ReadTensor(output, model, batch, scores);
    }

    private static void ReadTensor(OrtValue output, ModelVersion model, int batch, Span<float> scores)
    {
        var tensor = output.GetTensorTypeAndShape();
        // A graph that mixes the images of a batch may still give the right number of scores.
        if (tensor.ElementCount != scores.Length || (tensor.Shape is [var images, _, ..] && batch > 1 && images != batch))
            throw WrongNumber(model, tensor.ElementCount, batch);
        if (tensor.ElementDataType == TensorElementType.Float)
        {
            output.GetTensorDataAsSpan<float>().CopyTo(scores);
            return;
        }

        var halves = output.GetTensorDataAsSpan<Float16>();
        for (var i = 0; i < scores.Length; i++)
            scores[i] = (float)halves[i];
    }

    private static void ReadMaps(OrtValue output, ModelVersion model, IReadOnlyDictionary<string, int> keys, int batch, Span<float> scores)
    {
        var maps = output.GetValueCount();
        if (maps != batch)
            throw WrongNumber(model, (long)maps * keys.Count, batch);
        for (var image = 0; image < batch; image++)
        {
            // Each is a value of its own, which keeps native memory until it is disposed.
            using var map = output.GetValue(image, OrtAllocator.DefaultInstance);
            using var mapKeys = map.GetValue(0, OrtAllocator.DefaultInstance);
            using var mapValues = map.GetValue(1, OrtAllocator.DefaultInstance);
            ReadMap(mapKeys, mapValues.GetTensorDataAsSpan<float>(), model, keys, scores.Slice(image * keys.Count, keys.Count));
        }
    }

    private static void ReadMap(OrtValue keys, ReadOnlySpan<float> values, ModelVersion model, IReadOnlyDictionary<string, int> indices, Span<float> scores)
    {
        // A map has no key twice: as many keys as there are classes, all known, leave none out.
        if (values.Length != scores.Length)
            throw WrongNumber(model, values.Length, 1);
        var numbers = keys.GetTensorTypeAndShape().ElementDataType == TensorElementType.Int64 ? keys.GetTensorDataAsSpan<long>() : [];
        for (var i = 0; i < values.Length; i++)
        {
            var key = numbers.IsEmpty ? keys.GetStringElement(i) : numbers[i].ToString(CultureInfo.InvariantCulture);
            if (!indices.TryGetValue(key, out var index))
                throw new ClassifierException(ClassifierError.ModelUnavailable, $"Model '{model.Model}' gave a score for class '{key}', which it does not declare.");
            scores[index] = values[i];
        }
    }

    private static ClassifierException WrongNumber(ModelVersion model, long scores, int images)
        => new(
            ClassifierError.ModelUnavailable,
            $"Model '{model.Model}' has {model.Labels.Count} labels but gave {scores} scores for {images} {(images == 1 ? "image" : "images")}: mend its labels.");
}
