using ClassifierFunctions.Imaging;

namespace ClassifierFunctions.Tests.Unit.Imaging;

public sealed class RowRingTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(5, 3)]
    [InlineData(32, 4)]
    [InlineData(33, 7)]
    [InlineData(700, 13)]
    public void Row_LastRows_KeepTheirBytes(int rowBytes, int capacity)
    {
        using var ring = new RowRing(rowBytes, capacity);
        for (var row = 0; row < 3 * capacity; row++)
        {
            // With all of the slack, as vector code writes it.
            ring.Row(row).Fill((byte)(row + 1));
            for (var kept = Math.Max(row - capacity + 1, 0); kept <= row; kept++)
            {
                Assert.Equal(rowBytes + PixelBuffer.Slack, ring.Row(kept).Length);
                Assert.False(ring.Row(kept).ContainsAnyExcept((byte)(kept + 1)), $"row {kept} after row {row}");
            }
        }
    }

    [Fact]
    public void Offset_Row_IsWhereItBegins()
    {
        using var ring = new RowRing(10, 3);
        for (var row = 5; row < 8; row++)
            ring.Row(row)[0] = (byte)row;

        Assert.Equal([5, 6, 7], Enumerable.Range(5, 3).Select(row => ring.Memory[ring.Offset(row)]));
    }
}
