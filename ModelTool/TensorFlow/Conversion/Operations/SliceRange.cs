namespace ClassifierFunctions.ModelTool.TensorFlow.Conversion.Operations;

/// <summary>What a strided slice takes of one axis (tensorflow/tensorflow, core/util/strided_slice_op.cc).</summary>
/// <param name="Start">First index.</param>
/// <param name="Stride">From one to the next; may be negative.</param>
/// <param name="Count">How many.</param>
/// <param name="Shrinks">Whether the axis goes, because a single index was asked for.</param>
internal readonly record struct SliceRange(long Start, long Stride, long Count, bool Shrinks)
{
    /// <exception cref="UnsupportedException">An index that is not there, or a stride of 0.</exception>
    public static SliceRange Resolve(long begin, long end, long stride, long length, bool fromStart, bool toEnd, bool shrinks)
    {
        if (stride == 0)
            throw new UnsupportedException("slices in steps of 0");
        if (shrinks)
        {
            // The masks do not count for a single index.
            var index = begin < 0 ? begin + length : begin;
            return index >= 0 && index < length ? new(index, 1, 1, true) : throw new UnsupportedException($"takes index {begin} of {length}");
        }

        var (low, high) = stride > 0 ? (0L, length) : (-1L, length - 1);
        var first = fromStart ? (stride > 0 ? low : high) : Math.Clamp(begin < 0 ? begin + length : begin, low, high);
        var last = toEnd ? (stride > 0 ? high : low) : Math.Clamp(end < 0 ? end + length : end, low, high);
        var count = stride > 0 ? (last - first + stride - 1) / stride : (first - last - stride - 1) / -stride;
        return new(first, stride, Math.Max(0, count), false);
    }
}
