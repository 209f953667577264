using System.Text;
using ClassifierFunctions.ModelTool.TensorFlow.Checkpoints;

namespace ClassifierFunctions.Tests.Unit.ModelTool.TensorFlow.Checkpoints;

/// <summary>Vectors of RFC 3720, appendix B.4 (which has the bytes of checksums in reverse), and the usual check value.</summary>
public sealed class Crc32CTests
{
    public static TheoryData<byte[], uint> Vectors => new()
    {
        { new byte[32], 0x8A9136AA },
        { [.. Enumerable.Repeat((byte)0xFF, 32)], 0x62A8AB43 },
        { [.. Enumerable.Range(0, 32).Select(i => (byte)i)], 0x46DD794E },
        { [.. Enumerable.Range(0, 32).Select(i => (byte)(31 - i))], 0x113FDB5C },
        {
            Convert.FromHexString("01C00000000000000000000000000000" + "14000000000004000000001400000018" + "28000000000000000200000000000000"),
            0xD9963A56
        },
        { Encoding.ASCII.GetBytes("123456789"), 0xE3069283 },
        { [], 0 },
    };

    [Theory]
    [MemberData(nameof(Vectors))]
    public void Of_Vector_IsItsChecksum(byte[] bytes, uint checksum) => Assert.Equal(checksum, Crc32C.Of(bytes));

    [Fact]
    public void Append_AnyCut_IsTheChecksumOfAll()
    {
        var bytes = Encoding.ASCII.GetBytes("123456789 and so on, over several words");
        for (var cut = 0; cut <= bytes.Length; cut++)
            Assert.Equal(Crc32C.Of(bytes), Crc32C.Append(Crc32C.Of(bytes.AsSpan(0, cut)), bytes.AsSpan(cut)));
    }

    // By hand from crc32c.h: turned right by 15 bits, then the constant added; the second one carries out of 32 bits.
    [Theory]
    [InlineData(0u, 0xA282EAD8u)]
    [InlineData(0x0000FFFFu, 0xA280EAD9u)]
    [InlineData(0xE3069283u, 0xC78AB0E5u)]
    public void Mask_Checksum_IsTurnedAndShifted(uint checksum, uint masked) => Assert.Equal(masked, Crc32C.Mask(checksum));
}
