using ClassifierFunctions.ModelTool.TensorFlow.Conversion.Graph;

namespace ClassifierFunctions.ModelTool.TensorFlow.Conversion;

/// <summary>What is known of a tensor of TensorFlow's graph at inference.</summary>
internal abstract record Operand
{
    /// <summary>A tensor that is there: constant, integers or computed.</summary>
    internal abstract record Present(DataType Type) : Operand
    {
        /// <summary>As TensorFlow has them.</summary>
        public abstract IReadOnlyList<Dim> Dims { get; }
    }

    /// <summary>Numbers that no image changes: constants, and variables, which are read when they are needed.</summary>
    internal sealed record Constant(DataType Type, IReadOnlyList<long> Sizes, string Name, Func<Tensor> Read, IReadOnlyList<Graph.Weights> Weights) : Present(Type)
    {
        private readonly Dictionary<string, GraphValue> _values = [];

        public override IReadOnlyList<Dim> Dims { get; } = [.. Sizes.Select(size => new Dim(size))];

        /// <summary>The constant for the graph, changed in a way that <paramref name="form"/> names; made once per form.</summary>
        public GraphValue Value(string form, Func<Tensor, Tensor> change)
        {
            if (!_values.TryGetValue(form, out var value))
                _values.Add(form, value = ComputeGraph.Constant(Name, change(Read().Widened()), Weights));
            return value;
        }
    }

    /// <summary>Few integers, of shapes mostly, of which some may depend on the number of images.</summary>
    internal sealed record Integers(DataType Type, IReadOnlyList<long> Sizes, IReadOnlyList<Dim> Numbers) : Present(Type)
    {
        // Not kept: a copy with other sizes would keep them, too.
        public override IReadOnlyList<Dim> Dims => [.. Sizes.Select(size => new Dim(size))];
    }

    /// <summary>What nodes compute.</summary>
    internal sealed record Computed(GraphValue Value, Layout Layout, LayerRow? Layer) : Present(Value.Type)
    {
        public override IReadOnlyList<Dim> Dims { get; } = Layout == Layout.ChannelsFirst
            ? [Value.Dims[0], Value.Dims[2], Value.Dims[3], Value.Dims[1]]
            : Value.Dims;

        /// <summary>What SpaceToBatchND did to it, between that and BatchToSpaceND; the value is still whole.</summary>
        public SplitImage? Split { get; init; }

        /// <summary>The images that are meant with <see cref="Split"/>, once they were made.</summary>
        public Computed? Apart { get; set; }

        /// <summary>The same in the other layout, once it was made.</summary>
        public Computed? Other { get; set; }
    }

    /// <summary>A variable itself, not its value.</summary>
    internal sealed record Handle(NodeDef Variable) : Operand;

    /// <summary>Of a branch that is not taken.</summary>
    internal sealed record Dead : Operand;

    /// <summary>Something before it cannot be converted; that has been noted.</summary>
    internal sealed record Failed : Operand;
}
