using ClassifierFunctions.ModelTool.TensorFlow.Conversion.Graph;

namespace ClassifierFunctions.ModelTool.TensorFlow.Conversion.Operations;

/// <summary>Operands of an element-wise operator in one layout, with the shape of the result.</summary>
/// <param name="Values">The operands.</param>
/// <param name="Layout">In which they lie.</param>
/// <param name="Dims">Of the result, as it lies in memory.</param>
internal sealed record Broadcast(IReadOnlyList<GraphValue> Values, Layout Layout, IReadOnlyList<Dim> Dims)
{
    /// <exception cref="UnsupportedException">Shapes that do not go together.</exception>
    public static Broadcast Of(NodeContext context, params IReadOnlyList<Operand.Present> operands)
    {
        var dims = operands.Select(operand => operand.Dims).Aggregate((IReadOnlyList<Dim>)[], Join);
        // Images stay as they lie, and what has fewer dimensions is brought to them; where none lies so, nothing needs to be moved.
        if (dims.Count != 4 || !operands.Any(operand => operand is Operand.Computed { Layout: Layout.ChannelsFirst }))
            return new([.. operands.Select(context.Plain)], Layout.Plain, dims);
        GraphValue[] values = [.. operands.Select(operand => operand.Dims.Count == 0 ? context.Plain(operand) : context.ChannelsFirst(operand))];
        return new(values, Layout.ChannelsFirst, [dims[0], dims[3], dims[1], dims[2]]);
    }

    private static Dim[] Join(IReadOnlyList<Dim> left, IReadOnlyList<Dim> right)
    {
        var joined = new Dim[Math.Max(left.Count, right.Count)];
        for (var axis = 1; axis <= joined.Length; axis++)
        {
            var (here, there) = (axis <= left.Count ? left[^axis] : 1, axis <= right.Count ? right[^axis] : 1);
            joined[^axis] = here == there || there == 1 ? here
                : here == 1 ? there
                : throw new UnsupportedException($"joins shapes {Describe.Shape(left)} and {Describe.Shape(right)}, which do not go together");
        }

        return joined;
    }
}
