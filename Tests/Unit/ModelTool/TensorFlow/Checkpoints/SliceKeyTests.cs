using ClassifierFunctions.ModelTool.TensorFlow.Checkpoints;

namespace ClassifierFunctions.Tests.Unit.ModelTool.TensorFlow.Checkpoints;

/// <summary>Keys made by hand from the comments in tensorflow/core/lib/strings/ordered_code.cc.</summary>
public sealed class SliceKeyTests
{
    // Number 0; text and its end; one dimension; start and length.
    [Theory]
    [InlineData(0, 2, "00 61 0001 0101 80 82")]
    [InlineData(2, 63, "00 61 0001 0101 82 BF")]
    [InlineData(0, -1, "00 61 0001 0101 80 7F")]
    [InlineData(64, 8191, "00 61 0001 0101 C040 DFFF")]
    [InlineData(8192, 1048575, "00 61 0001 0101 E02000 EFFFFF")]
    // The two examples of the comments.
    [InlineData(0x424242, -0x800, "00 61 0001 0101 F0424242 3800")]
    [InlineData(0x7FFFFFF, 0x8000000, "00 61 0001 0101 F7FFFFFF F808000000")]
    // Where the ones reach the second byte: 2^55 needs nine bytes, 2^62 and more ten.
    [InlineData((1L << 55) - 1, 1L << 55, "00 61 0001 0101 FF7FFFFFFFFFFFFF FF8080000000000000")]
    [InlineData(1L << 62, long.MaxValue, "00 61 0001 0101 FFC04000000000000000 FFC07FFFFFFFFFFFFFFF")]
    [InlineData(long.MinValue, -64, "00 61 0001 0101 003F8000000000000000 40")]
    public void Encode_OneDimension_IsAsDocumented(long start, long length, string key)
        => Assert.Equal(Bytes(key), SliceKey.Encode("a", [(start, length)]));

    [Fact]
    public void Encode_TwoDimensions_AreOneAfterTheOther()
        => Assert.Equal(Bytes("00 772F70617274 0001 0102 83 85 80 7F"), SliceKey.Encode("w/part", [(3, 5), (0, -1)]));

    [Fact]
    public void Encode_ManyDimensions_HasTheirNumberInAsFewBytesAsItNeeds()
        => Assert.Equal(Bytes("00 61 0001 020100"), SliceKey.Encode("a", [.. Enumerable.Repeat((0L, 1L), 256)])[..7]);

    [Fact]
    public void Encode_NoDimensions_AreNoBytes() => Assert.Equal(Bytes("00 61 0001 00"), SliceKey.Encode("a", []));

    [Fact]
    public void Encode_ZeroInAName_IsEscaped() => Assert.Equal(Bytes("00 61 00FF C3BF 0001 00"), SliceKey.Encode("a\0ÿ", []));

    private static byte[] Bytes(string hex) => Convert.FromHexString(hex.Replace(" ", string.Empty, StringComparison.Ordinal));
}
