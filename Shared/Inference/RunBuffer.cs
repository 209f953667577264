using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace ClassifierFunctions.Inference;

/// <summary>Input and output of a run, reused by the session's next ones. Native memory, so that unloading a session gives it back at once.</summary>
internal sealed class RunBuffer : IDisposable
{
    private readonly OrtValue _input;
    private readonly TensorElementType _element;
    private readonly long[] _shape;

    /// <param name="element">Type of the input's elements.</param>
    /// <param name="shape">The input's dimensions; the first is the number of images.</param>
    /// <param name="labels">Scores per image.</param>
    public RunBuffer(TensorElementType element, long[] shape, int labels)
    {
        (_element, _shape) = (element, shape);
        _input = OrtValue.CreateAllocatedTensorValue(OrtAllocator.DefaultInstance, element, shape);
        ScoresArray = new float[shape[0] * labels];
    }

    /// <summary>The input's bytes, image after image.</summary>
    public Span<byte> Tensor => _input.GetTensorMutableRawData();

    /// <summary>The raw output, one value per label, image after image.</summary>
    public Span<float> Scores => ScoresArray;

    private float[] ScoresArray { get; }

    /// <summary>The whole input, or its first images: a view of the same memory, to be disposed by the caller if it is not the whole.</summary>
    public unsafe OrtValue Input(int images)
    {
        if (images == _shape[0])
            return _input;
        var tensor = Tensor;
        fixed (byte* start = tensor)
        {
            // Native memory: it stays where it is.
            return OrtValue.CreateTensorValueWithData(
                OrtMemoryInfo.DefaultInstance, _element, [images, .. _shape[1..]], (nint)start, tensor.Length / _shape[0] * images);
        }
    }

    public void Dispose() => _input.Dispose();
}
