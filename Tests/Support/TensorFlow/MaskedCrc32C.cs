using System.Runtime.InteropServices;

namespace ClassifierFunctions.Tests.Support.TensorFlow;

/// <summary>CRC-32C as RFC 3720 defines it, by tables for eight bytes at a time, and TensorFlow's mask over it.</summary>
internal sealed class MaskedCrc32C
{
    // The polynomial 0x1EDC6F41, its bits reversed.
    private const uint Polynomial = 0x82F63B78;

    private static readonly uint[][] Tables = MakeTables();

    private uint _state = uint.MaxValue;

    /// <summary>Of all bytes so far.</summary>
    public uint Masked => (((~_state) >> 15) | ((~_state) << 17)) + 0xA282EAD8;

    public static uint Of(params ReadOnlySpan<byte> bytes)
    {
        var crc = new MaskedCrc32C();
        crc.Append(bytes);
        return crc.Masked;
    }

    public void Append(ReadOnlySpan<byte> bytes)
    {
        var crc = _state;
        var words = MemoryMarshal.Cast<byte, ulong>(bytes);
        foreach (var word in words)
        {
            var mixed = word ^ crc;
            crc = Tables[7][(byte)mixed] ^ Tables[6][(byte)(mixed >> 8)] ^ Tables[5][(byte)(mixed >> 16)] ^ Tables[4][(byte)(mixed >> 24)]
                ^ Tables[3][(byte)(mixed >> 32)] ^ Tables[2][(byte)(mixed >> 40)] ^ Tables[1][(byte)(mixed >> 48)] ^ Tables[0][mixed >> 56];
        }

        foreach (var value in bytes[(8 * words.Length)..])
            crc = (crc >> 8) ^ Tables[0][(byte)crc ^ value];
        _state = crc;
    }

    // Table n: what a byte does to the checksum when n more bytes follow.
    private static uint[][] MakeTables()
    {
        var tables = new uint[8][];
        for (var n = 0; n < tables.Length; n++)
        {
            tables[n] = new uint[256];
            for (uint value = 0; value < 256; value++)
            {
                var crc = n == 0 ? value : tables[n - 1][value];
                for (var bit = 0; bit < 8; bit++)
                    crc = (crc >> 1) ^ ((crc & 1) * Polynomial);
                tables[n][value] = crc;
            }
        }

        return tables;
    }
}
