using System.Buffers.Binary;
using System.Text;

namespace ClassifierFunctions.ModelTool.TensorFlow.Checkpoints;

/// <summary>
/// Under which key an index has a slice of a partitioned variable: tensorflow/core/util/saved_tensor_slice_util.cc, in the encoding of
/// core/lib/strings/ordered_code.cc, which sorts as what it encodes does.
/// </summary>
internal static class SliceKey
{
    /// <summary>What all these keys start with, and no name: the number 0.</summary>
    public const byte First = 0;

    private const int MaxSignedBytes = 10;

    /// <param name="extents">Start and length in each dimension as the index has them; 0 and -1 for a whole dimension.</param>
    public static byte[] Encode(string name, IReadOnlyList<(long Start, long Length)> extents)
    {
        var key = new List<byte> { First };
        AddText(key, Encoding.UTF8.GetBytes(name));
        AddCount(key, extents.Count);
        foreach (var (start, length) in extents)
        {
            AddSigned(key, start);
            AddSigned(key, length);
        }

        return [.. key];
    }

    private static void AddText(List<byte> key, byte[] text)
    {
        foreach (var value in text)
        {
            key.Add(value);
            if (value is 0 or 0xFF)
                key.Add((byte)~value);
        }

        key.Add(0);
        key.Add(1);
    }

    // How many bytes, then those, the highest first, without zeros in front.
    private static void AddCount(List<byte> key, int count)
    {
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(bytes, count);
        bytes = bytes.TrimStart((byte)0);
        key.Add((byte)bytes.Length);
        key.AddRange(bytes);
    }

    // In n bytes: n ones, a zero, 7n-1 bits of the number; all bits inverted for a negative one, which itself is inverted.
    private static void AddSigned(List<byte> key, long number)
    {
        var bits = (UInt128)(number < 0 ? ~number : number);
        var n = 1;
        while (n < MaxSignedBytes && bits >> ((7 * n) - 1) != 0)
            n++;
        bits |= ((UInt128.One << n) - 1) << (7 * n);
        for (var i = n - 1; i >= 0; i--)
            key.Add((byte)((byte)(bits >> (8 * i)) ^ (number < 0 ? 0xFF : 0)));
    }
}
