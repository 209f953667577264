using System.Text;
using ClassifierFunctions.ModelTool.TensorFlow.Checkpoints;

namespace ClassifierFunctions.Tests.Unit.ModelTool.TensorFlow.Checkpoints;

public sealed class SnappyTests
{
    // Text of 1107 bytes, packed by Snappier 1.3.1 (brantburnett/Snappier).
    private const string Packed =
        "D3084C636F6E76302F6B65726E656C2F4164616D5F303B01140031321400003105140032321400003205140033321400093C0034321400093C0035321400093C0036321400093C"
        + "368C00093C368C00093C368C00093C368C00093C368C00093C368C00093C368C00093C368C00093C368C00093C368C00093C368C00093C368C00093C368C00093C368C00093C"
        + "368C00093C368C00093C368C00093C368C00093C368C00093C368C00093C368C00093C368C00093C368C00093C368C00093C368C00093C368C00093C368C00093C368C00093C"
        + "368C00093C368C00093C368C00093C368C00093C368C0008303B78FE0100FE0100FE0100FE0100AA01001874686520656E64";

    private static readonly string Text
        = string.Concat(Enumerable.Range(0, 40).Select(i => $"conv{i % 7}/kernel/Adam_{i % 3};")) + new string('x', 300) + "the end";

    [Fact]
    public void Decompress_PackedByAnotherProgram_IsItsText() => Assert.Equal(Text, Unpack(Packed));

    // By hand from google/snappy, format_description.txt.
    [Theory]
    [InlineData("00", "")]
    [InlineData("03 08 616263", "abc")]
    // A literal whose length has a byte, two, three, four of its own.
    [InlineData("03 F002 616263", "abc")]
    [InlineData("03 F40200 616263", "abc")]
    [InlineData("03 F8020000 616263", "abc")]
    [InlineData("03 FC02000000 616263", "abc")]
    // Copies with an offset of one byte, two, four; the first one overlaps itself.
    [InlineData("06 04 6162 0102", "ababab")]
    [InlineData("06 08 616263 0A0300", "abcabc")]
    [InlineData("06 08 616263 0B03000000", "abcabc")]
    public void Decompress_MadeByHand_IsItsText(string packed, string text) => Assert.Equal(text, Unpack(packed));

    [Theory]
    [InlineData("")]
    [InlineData("80")]
    // Too little, too much.
    [InlineData("04 08 616263")]
    [InlineData("02 08 616263")]
    [InlineData("03 08 6162")]
    [InlineData("03 F0")]
    [InlineData("05 08 616263 0A0300")]
    // Copies from before the start, from here, and without their offset.
    [InlineData("06 08 616263 0A0400")]
    [InlineData("06 08 616263 0A0000")]
    [InlineData("06 08 616263 0A03")]
    // Two billion bytes, of five; and more than there are.
    [InlineData("C7FFFFFF07 00 61")]
    [InlineData("FFFFFFFFFFFFFFFFFFFF01 00 61")]
    [InlineData("03 FCFFFFFFFF 616263")]
    public void Decompress_Damaged_IsNothing(string packed) => Assert.Null(Snappy.Decompress(Bytes(packed)));

    [Fact]
    public void Decompress_AnyCutOrChangedByte_EndsWithinItsLength()
    {
        var packed = Bytes(Packed);
        for (var i = 0; i < packed.Length; i++)
        {
            Assert.Null(Snappy.Decompress(packed.AsSpan(0, i)));
            foreach (var value in (byte[])[0, 1, 0x7F, 0x80, 0xFF])
            {
                var changed = packed.ToArray();
                changed[i] = value;
                Assert.InRange(Snappy.Decompress(changed)?.Length ?? 0, 0, packed.Length * 22);
            }
        }
    }

    private static string? Unpack(string hex) => Snappy.Decompress(Bytes(hex)) is { } bytes ? Encoding.ASCII.GetString(bytes) : null;

    private static byte[] Bytes(string hex) => Convert.FromHexString(hex.Replace(" ", string.Empty, StringComparison.Ordinal));
}
