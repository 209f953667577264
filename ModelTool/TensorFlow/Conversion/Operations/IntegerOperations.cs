namespace ClassifierFunctions.ModelTool.TensorFlow.Conversion.Operations;

/// <summary>Reckons with shapes, of which all is known but the number of images. Definitions: tensorflow/tensorflow, core/ops/array_ops.cc and math_ops.cc.</summary>
internal static class IntegerOperations
{
    private const int MaxCount = 1 << 16;

    /// <summary>The result when all inputs are integers and the operation is one for shapes; else null.</summary>
    /// <exception cref="UnsupportedException">The result is no number, nor one times the number of images.</exception>
    public static IReadOnlyList<Operand>? TryEvaluate(NodeContext context)
    {
        if (context.Count == 0 || !Enumerable.Range(0, context.Count).All(index => context.Raw(index) is Operand.Integers))
            return null;
        Operand.Integers[] inputs = [.. Enumerable.Range(0, context.Count).Select(index => (Operand.Integers)context.Raw(index))];
        var first = inputs[0];
        return (context.Operation, inputs) switch
        {
            ("Identity" or "StopGradient" or "Snapshot", [_]) => [first],
            ("Neg", [_]) => [first with { Numbers = [.. first.Numbers.Select(number => -number)] }],
            ("Cast", [_]) when context.Type("DstT") is DataType.DtInt32 or DataType.DtInt64 => [first with { Type = context.Type("DstT") }],
            ("Add" or "AddV2", [_, _]) => [Pairwise(inputs, (left, right) => left + right)],
            ("Sub", [_, _]) => [Pairwise(inputs, (left, right) => left - right)],
            ("Mul", [_, _]) => [Pairwise(inputs, (left, right) => left * right)],
            ("FloorDiv", [_, _]) => [Pairwise(inputs, (left, right) => Quotient(left, right, Math.Floor))],
            // As C divides.
            ("Div", [_, _]) => [Pairwise(inputs, (left, right) => Quotient(left, right, Math.Truncate))],
            ("FloorMod", [_, _]) => [Pairwise(inputs, (left, right) => left - Quotient(left, right, Math.Floor) * right)],
            ("Mod", [_, _]) => [Pairwise(inputs, (left, right) => left - Quotient(left, right, Math.Truncate) * right)],
            ("Maximum", [_, _]) => [Pairwise(inputs, (left, right) => Larger(left, right) ? left : right)],
            ("Minimum", [_, _]) => [Pairwise(inputs, (left, right) => Larger(left, right) ? right : left)],
            ("Prod", [_, var axes]) when IsVector(first, axes) => [Reduced(context, first, Dim.Product(first.Numbers))],
            ("Sum", [_, var axes]) when IsVector(first, axes) => [Reduced(context, first, first.Numbers.Aggregate((sum, number) => sum + number))],
            ("Pack", _) when inputs.All(input => input.Sizes.Count == 0) => [Vector(first.Type, inputs.SelectMany(input => input.Numbers))],
            ("Pack", _) when context.Int("axis", 0) == 0 => [first with { Sizes = [inputs.Length, .. first.Sizes], Numbers = [.. inputs.SelectMany(input => input.Numbers)] }],
            ("ConcatV2", [.. var parts, _]) when parts.All(part => part.Sizes.Count == 1) => [Vector(first.Type, parts.SelectMany(part => part.Numbers))],
            ("Concat", [_, .. var parts]) when parts.All(part => part.Sizes.Count == 1) => [Vector(parts[0].Type, parts.SelectMany(part => part.Numbers))],
            ("ExpandDims", [_, var axis]) when first.Sizes.Count == 0 || axis.Numbers is [{ Known: 0 }] => [first with { Sizes = [1, .. first.Sizes] }],
            ("Squeeze", [_]) when first.Sizes.Count <= 1 && first.Numbers.Count == 1 => [first with { Sizes = [] }],
            ("Reshape", [_, var shape]) => Reshape(first, shape),
            ("StridedSlice", [{ Sizes.Count: 1 }, _, _, _]) => [StridedSlice(context, inputs)],
            ("Slice", [{ Sizes.Count: 1 }, var begin, var size]) => [Slice(first, Known(begin), Known(size))],
            ("Gather" or "GatherV2", [{ Sizes.Count: 1 }, var indices, ..]) => [Gather(first, indices)],
            ("Unpack", [{ Sizes.Count: 1 }]) => [.. first.Numbers.Select(number => first with { Sizes = [], Numbers = [number] })],
            ("Range", [var start, var limit, var delta]) => [Range(first.Type, Known(start), Known(limit), Known(delta))],
            ("Fill", [var shape, var value]) when shape.Numbers.Count == 0 || shape.Numbers is [{ Known: >= 0 and <= MaxCount }]
                => [value with { Sizes = [.. shape.Numbers.Select(number => number.Factor)], Numbers = [.. Enumerable.Repeat(value.Numbers[0], (int)Math.Min(shape.Numbers.Count == 0 ? 1 : Known(shape), MaxCount))] }],
            _ => null,
        };
    }

    private static long Known(Operand.Integers integers)
        => integers.Numbers is [{ Known: { } number }] ? number : throw new UnsupportedException("needs one number that is known before there are images");

    private static Operand.Integers Vector(DataType type, IEnumerable<Dim> numbers)
    {
        Dim[] all = [.. numbers];
        return new(type, [all.Length], all);
    }

    private static bool IsVector(Operand.Integers vector, Operand.Integers axes)
        => vector.Sizes.Count == 1 && vector.Numbers.Count > 0 && axes.Numbers is [{ Known: 0 or -1 }];

    private static Operand.Integers Reduced(NodeContext context, Operand.Integers vector, Dim number)
        => vector with { Sizes = context.Bool("keep_dims") ? [1] : [], Numbers = [number] };

    private static Operand.Integers Pairwise(Operand.Integers[] pair, Func<Dim, Dim, Dim> compute)
    {
        var (left, right) = (pair[0], pair[1]);
        if (left.Sizes.Count > 1 || right.Sizes.Count > 1 || (left.Numbers.Count != right.Numbers.Count && left.Numbers.Count != 1 && right.Numbers.Count != 1))
            throw new UnsupportedException($"joins shapes of {left.Numbers.Count} and {right.Numbers.Count} numbers");
        var longer = left.Sizes.Count >= right.Sizes.Count && left.Numbers.Count >= right.Numbers.Count ? left : right;
        return longer with
        {
            Numbers = [.. Enumerable.Range(0, longer.Numbers.Count).Select(index => compute(
                left.Numbers[left.Numbers.Count == 1 ? 0 : index], right.Numbers[right.Numbers.Count == 1 ? 0 : index]))],
        };
    }

    private static Dim Quotient(Dim dividend, Dim divisor, Func<decimal, decimal> round)
        => dividend.DividedBy(divisor)
            ?? (dividend.Known is { } number && divisor.Known is { } by && by != 0
                ? (long)round((decimal)number / by)
                : throw new UnsupportedException($"divides {dividend} by {divisor}"));

    private static bool Larger(Dim left, Dim right)
        => left.PerImage == right.PerImage ? left.Factor > right.Factor : throw new UnsupportedException($"compares {left} with {right}");

    private static Operand.Integers[]? Reshape(Operand.Integers vector, Operand.Integers shape)
    {
        if (shape.Numbers.Any(number => number.PerImage))
            return null;
        long[] sizes = [.. shape.Numbers.Select(number => number.Factor)];
        var open = Array.IndexOf(sizes, -1);
        var rest = sizes.Where(size => size != -1).Aggregate(1L, (product, size) => product * size);
        if (open >= 0 && rest > 0)
            sizes[open] = vector.Numbers.Count / rest;
        return sizes.Aggregate(1L, (product, size) => product * size) == vector.Numbers.Count
            ? [vector with { Sizes = sizes }]
            : throw new UnsupportedException($"reshapes {vector.Numbers.Count} numbers to {Describe.Shape(sizes)}");
    }

    private static Operand.Integers StridedSlice(NodeContext context, Operand.Integers[] inputs)
    {
        var vector = inputs[0];
        if (inputs[1].Numbers.Count != 1 || context.Int("new_axis_mask", 0) != 0)
            throw new UnsupportedException("slices a shape in several dimensions");
        var slice = SliceRange.Resolve(
            Known(inputs[1]), Known(inputs[2]), Known(inputs[3]), vector.Numbers.Count,
            (context.Int("begin_mask", 0) & 1) != 0, (context.Int("end_mask", 0) & 1) != 0, (context.Int("shrink_axis_mask", 0) & 1) != 0);
        Dim[] numbers = [.. Enumerable.Range(0, (int)slice.Count).Select(step => vector.Numbers[(int)(slice.Start + step * slice.Stride)])];
        return vector with { Sizes = slice.Shrinks ? [] : [numbers.Length], Numbers = numbers };
    }

    private static Operand.Integers Slice(Operand.Integers vector, long begin, long size)
    {
        if (begin < 0 || begin > vector.Numbers.Count || size < -1 || begin + size > vector.Numbers.Count)
            throw new UnsupportedException($"takes {size} numbers from {begin} on, of {vector.Numbers.Count}");
        return Vector(vector.Type, vector.Numbers.Skip((int)begin).Take((int)(size == -1 ? vector.Numbers.Count : size)));
    }

    private static Operand.Integers Gather(Operand.Integers vector, Operand.Integers indices)
        => indices with
        {
            Type = vector.Type,
            Numbers = [.. indices.Numbers.Select(index => index.Known is { } at && at >= 0 && at < vector.Numbers.Count
                ? vector.Numbers[(int)at]
                : throw new UnsupportedException($"takes number {index} of {vector.Numbers.Count}"))],
        };

    private static Operand.Integers Range(DataType type, long start, long limit, long delta)
    {
        if (delta == 0)
            throw new UnsupportedException("counts in steps of 0");
        var count = Math.Max(0, (long)Math.Ceiling(((decimal)limit - start) / delta));
        return count <= MaxCount
            ? Vector(type, Enumerable.Range(0, (int)count).Select(step => new Dim(start + step * delta)))
            : throw new UnsupportedException($"counts to {count}");
    }
}
