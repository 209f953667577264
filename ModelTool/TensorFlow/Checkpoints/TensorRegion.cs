namespace ClassifierFunctions.ModelTool.TensorFlow.Checkpoints;

/// <summary>A rectangular part of a tensor: a start and a length in each dimension, in elements.</summary>
internal sealed class TensorRegion
{
    /// <summary>The length that stands for a whole dimension (tensorflow/core/framework/tensor_slice.h).</summary>
    public const long WholeDimension = -1;

    private readonly long[] _starts;
    private readonly long[] _lengths;

    private TensorRegion(long[] starts, long[] lengths)
    {
        _starts = starts;
        _lengths = lengths;
        Count = Product(lengths);
    }

    public IReadOnlyList<long> Lengths => _lengths;

    public IReadOnlyList<long> Starts => _starts;

    /// <summary>Elements; the largest number there is when they are more.</summary>
    public long Count { get; }

    public static TensorRegion Whole(IReadOnlyList<long> dims) => new(new long[dims.Count], [.. dims]);

    /// <returns>Null when it is not within the tensor.</returns>
    public static TensorRegion? Of(IReadOnlyList<(long Start, long Length)> extents, IReadOnlyList<long> dims)
    {
        if (extents.Count != dims.Count)
            return null;
        var starts = new long[dims.Count];
        var lengths = new long[dims.Count];
        for (var i = 0; i < dims.Count; i++)
        {
            (starts[i], lengths[i]) = extents[i] is (0, WholeDimension) ? (0, dims[i]) : extents[i];
            if (starts[i] < 0 || lengths[i] < 0 || starts[i] > dims[i] || lengths[i] > dims[i] - starts[i])
                return null;
        }

        return new TensorRegion(starts, lengths);
    }

    /// <returns>Null when they have no element in common.</returns>
    public TensorRegion? Intersect(TensorRegion other)
    {
        var starts = new long[_starts.Length];
        var lengths = new long[_starts.Length];
        for (var i = 0; i < starts.Length; i++)
        {
            starts[i] = Math.Max(_starts[i], other._starts[i]);
            lengths[i] = Math.Min(_starts[i] + _lengths[i], other._starts[i] + other._lengths[i]) - starts[i];
            if (lengths[i] <= 0)
                return null;
        }

        return new TensorRegion(starts, lengths);
    }

    /// <summary>Whether regions of the same tensor have no gaps between them within this one, and none has an element of another.</summary>
    public bool IsTiledBy(IReadOnlyList<TensorRegion> regions)
    {
        var parts = regions.Select(Intersect).OfType<TensorRegion>().ToArray();
        // Without overlaps, as many elements are all elements.
        if (parts.Aggregate((Int128)0, (sum, part) => sum + part.Count) != Count)
            return false;
        if (_starts.Length == 0 || parts.Length < 2)
            return true;
        // Along the dimension with most cuts few regions are beside each other.
        var along = Enumerable.Range(0, _starts.Length).MaxBy(i => parts.Select(part => part._starts[i]).Distinct().Count());
        Array.Sort(parts, (one, other) => one._starts[along].CompareTo(other._starts[along]));
        for (var i = 0; i < parts.Length; i++)
        {
            var end = parts[i]._starts[along] + parts[i]._lengths[along];
            for (var j = i + 1; j < parts.Length && parts[j]._starts[along] < end; j++)
            {
                if (parts[i].Intersect(parts[j]) is not null)
                    return false;
            }
        }

        return true;
    }

    /// <summary>
    /// What this region and another have in common, as runs of elements that follow each other in both: where they start in this region, where in the
    /// other, and how many elements each run has.
    /// </summary>
    public IEnumerable<(long Here, long There, long Length)> RunsIn(TensorRegion other)
    {
        if (Intersect(other) is not { } common)
            yield break;
        // The dimensions from here on, all but the first of them whole in both, make one run.
        var first = Math.Max(_starts.Length - 1, 0);
        while (first > 0 && common._lengths[first] == _lengths[first] && common._lengths[first] == other._lengths[first])
            first--;
        var length = Product(common._lengths.AsSpan(first));
        for (var at = common._starts.ToArray(); ;)
        {
            yield return (OffsetOf(at), other.OffsetOf(at), length);
            var i = first - 1;
            for (; i >= 0 && ++at[i] == common._starts[i] + common._lengths[i]; i--)
                at[i] = common._starts[i];
            if (i < 0)
                yield break;
        }
    }

    public override string ToString() => $"[{string.Join(", ", _starts.Zip(_lengths, (start, length) => $"{start}:{start + length}"))}]";

    private static long Product(ReadOnlySpan<long> lengths)
    {
        Int128 product = 1;
        foreach (var length in lengths)
            product = Int128.Min(product * length, long.MaxValue);
        return (long)product;
    }

    private long OffsetOf(long[] at)
    {
        long offset = 0;
        for (var i = 0; i < at.Length; i++)
            offset = (offset * _lengths[i]) + at[i] - _starts[i];
        return offset;
    }
}
