namespace ClassifierFunctions.ModelTool.TensorFlow.Conversion.Graph;

/// <summary>A tensor of the graph in the making: the input, a constant, or what a node makes.</summary>
internal sealed class GraphValue
{
    public GraphValue(string name, DataType type, IReadOnlyList<Dim> dims) => (Name, Type, Dims) = (name, type, dims);

    /// <summary>What it would like to be called; the final name may have a number added.</summary>
    public string Name { get; set; }

    /// <summary>One of float32, int32, int64, uint8, int8 and bool: other floats are widened or narrowed to float32.</summary>
    public DataType Type { get; }

    /// <summary>As it lies in memory.</summary>
    public IReadOnlyList<Dim> Dims { get; }

    /// <summary>The numbers of a constant.</summary>
    public Tensor? Constant { get; init; }

    /// <summary>What makes it; null for the input and for constants.</summary>
    public GraphNode? Producer { get; init; }

    /// <summary>True when no image changes it.</summary>
    public bool IsConstant { get; init; }

    /// <summary>The weights that went into a constant.</summary>
    public IReadOnlyCollection<Weights> Weights { get; init; } = [];

    /// <summary>The scalar that it is the same as everywhere; null when it varies or nobody knows.</summary>
    public float? Uniform => Constant is { Type: DataType.DtFloat } tensor ? tensor.UniformFloat() : null;
}
