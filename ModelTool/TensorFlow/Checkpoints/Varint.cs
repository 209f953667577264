namespace ClassifierFunctions.ModelTool.TensorFlow.Checkpoints;

/// <summary>Whole numbers in groups of seven bits, lowest first; all but the last with the top bit set.</summary>
internal static class Varint
{
    /// <returns>False when the number is cut off or has more than 64 bits.</returns>
    public static bool TryRead(ReadOnlySpan<byte> bytes, ref int at, out ulong value)
    {
        value = 0;
        for (var shift = 0; shift < 64 && at < bytes.Length; shift += 7)
        {
            var group = bytes[at++];
            // Of the tenth, one bit has room.
            if (shift == 63 && group > 1)
                return false;
            value |= (ulong)(group & 0x7F) << shift;
            if (group < 0x80)
                return true;
        }

        return false;
    }

    /// <returns>False also when the number is no length that memory can have.</returns>
    public static bool TryReadLength(ReadOnlySpan<byte> bytes, ref int at, out int length)
    {
        var isRead = TryRead(bytes, ref at, out var value) && value <= (ulong)Array.MaxLength;
        length = isRead ? (int)value : 0;
        return isRead;
    }
}
