using ClassifierFunctions.Imaging;

namespace ClassifierFunctions.Tests.Unit.Imaging;

public sealed class PooledBytesTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 0)]
    [InlineData(100_000, 10)]
    [InlineData(100_000, 100_000)]
    [InlineData(99_999, 500_000)]
    public async Task ReadAsync_StreamWithinLimit_GivesItsBytes(int length, int expected)
    {
        var bytes = new byte[length];
        new Random(1).NextBytes(bytes);
        using var read = await PooledBytes.ReadAsync(new MemoryStream(bytes), expected, 100_000, CancellationToken.None);

        Assert.Equal(bytes, read!.Memory.ToArray());
    }

    [Fact]
    public async Task ReadAsync_StreamBeyondLimit_GivesNull()
        => Assert.Null(await PooledBytes.ReadAsync(new MemoryStream(new byte[100_001]), 10, 100_000, CancellationToken.None));

    [Fact]
    public void Memory_AfterDispose_Throws()
    {
        var bytes = new PooledBytes(10);
        bytes.Dispose();
        bytes.Dispose();

        Assert.Throws<ObjectDisposedException>(() => bytes.Memory);
    }
}
