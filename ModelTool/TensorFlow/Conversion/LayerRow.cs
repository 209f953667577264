using ClassifierFunctions.ModelTool.TensorFlow.Conversion.Graph;

namespace ClassifierFunctions.ModelTool.TensorFlow.Conversion;

/// <summary>A layer of the table: a convolution or dense layer, with all that follows until the next.</summary>
internal sealed class LayerRow
{
    private readonly HashSet<Weights> _weights = [];

    /// <summary>Place among the layers.</summary>
    public required int Index { get; init; }

    public required string Name { get; init; }

    /// <summary>Such as "conv 11 x 11 / 4".</summary>
    public required string Operation { get; init; }

    /// <summary>Of one image, as TensorFlow has it.</summary>
    public required IReadOnlyList<Dim> Output { get; init; }

    public IReadOnlyCollection<Weights> Weights => _weights;

    public void Add(Weights weights) => _weights.Add(weights);
}
