using System.Globalization;

namespace ClassifierFunctions.ModelTool.TensorFlow.Sources;

/// <summary>A part of a partitioned variable.</summary>
/// <param name="Whole">Sizes of the whole.</param>
/// <param name="Extents">Start and length in each dimension.</param>
internal sealed record VariableSlice(IReadOnlyList<long> Whole, IReadOnlyList<(long Start, long Length)> Extents)
{
    /// <summary>
    /// Reads what tf.train.Saver writes, e.g. <c>64 10 0,32:-</c>: the whole's sizes, then start and length or - for all of each dimension.
    /// </summary>
    /// <returns>Null when the text has not that form, or the part is not within the whole.</returns>
    public static VariableSlice? Parse(string text)
    {
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var parts = words.Length > 1 ? words[^1].Split(':') : [];
        if (parts.Length == 0 || parts.Length != words.Length - 1)
            return null;
        var whole = new long[parts.Length];
        var extents = new (long Start, long Length)[parts.Length];
        for (var i = 0; i < parts.Length; i++)
        {
            if (!Number(words[i], out whole[i]))
                return null;
            if (parts[i] == "-")
                extents[i] = (0, whole[i]);
            else if (parts[i].Split(',') is not [var start, var length]
                || !Number(start, out extents[i].Start) || !Number(length, out extents[i].Length) || extents[i].Start > whole[i] - extents[i].Length)
                return null;
        }

        return new(whole, extents);
    }

    private static bool Number(string text, out long number)
        => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number <= int.MaxValue * 4L;
}
