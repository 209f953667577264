using System.Text.Json;

namespace ClassifierFunctions.Tests.Support;

/// <summary>The made-up input of a golden.json in the test data's TensorFlow folders; their README has the formula.</summary>
internal static class SyntheticBatch
{
    /// <returns>The numbers, and their shape [N, H, W, C].</returns>
    public static (float[] Numbers, long[] Shape) Of(JsonElement golden)
    {
        var preprocessing = golden.GetProperty("preprocessing");
        var scale = preprocessing.GetProperty("scale").GetDouble();
        var offset = preprocessing.GetProperty("offset").EnumerateArray().Select(number => number.GetDouble()).ToArray();
        var sizes = golden.GetProperty("input").GetProperty("shape").EnumerateArray().Select(size => size.GetInt64()).ToArray();
        long[] shape = [golden.GetProperty("synthetic").GetProperty("batch").GetInt64(), .. sizes[1..]];
        var numbers = new float[shape.Aggregate(1L, (product, size) => product * size)];
        var at = 0;
        for (var b = 0; b < shape[0]; b++)
        {
            for (var h = 0; h < shape[1]; h++)
            {
                for (var w = 0; w < shape[2]; w++)
                {
                    for (var c = 0; c < shape[3]; c++)
                        numbers[at++] = (float)(((3 * h * h + 5 * w * w + 7 * h * w + 13 * h + 29 * w + 41 * c + 97 * b) % 256) * scale + offset[c]);
                }
            }
        }

        return (numbers, shape);
    }
}
