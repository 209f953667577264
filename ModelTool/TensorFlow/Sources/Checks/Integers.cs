using System.Buffers.Binary;

namespace ClassifierFunctions.ModelTool.TensorFlow.Sources.Checks;

/// <summary>Constants of axes, sizes and the like.</summary>
internal static class Integers
{
    // More numbers than a tensor has dimensions, twice: paddings.
    private const int MaxCount = 64;

    /// <returns>Null when an input is no constant of integers.</returns>
    public static long[]? Of(NodeDef node, int input, IReadOnlyDictionary<string, NodeDef> nodes)
    {
        if (input >= node.Input.Count || NodeInput.Parse(node.Input[input]) is not { IsControl: false } from
            || nodes[from.Node] is not { Op: "Const" } constant
            || TensorCheck.Fault(constant) is not null || constant.Attr["value"].Tensor is not { Dtype: DataType.DtInt32 or DataType.DtInt64 } tensor)
        {
            return null;
        }

        const long TooMany = MaxCount + 1;
        var count = tensor.TensorShape?.Dim.Aggregate(1L, (product, dim) => Math.Min(TooMany, product * Math.Min(TooMany, dim.Size))) ?? 1;
        if (count == TooMany)
            return null;
        var size = Tensor.SizeOf(tensor.Dtype);
        var content = tensor.TensorContent.Span;
        var numbers = new long[count];
        for (var i = 0; i < count; i++)
        {
            numbers[i] = content.Length == 0 ? size == 4 ? Listed(tensor.IntVal, i) : Listed(tensor.Int64Val, i)
                : size == 4 ? BinaryPrimitives.ReadInt32LittleEndian(content[(4 * i)..])
                : BinaryPrimitives.ReadInt64LittleEndian(content[(8 * i)..]);
        }

        return numbers;
    }

    private static T Listed<T>(IList<T> listed, int index)
        where T : struct
        => listed.Count == 0 ? default : listed[Math.Min(index, listed.Count - 1)];
}
