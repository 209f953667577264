using System.Runtime.InteropServices;
using ClassifierFunctions.Imaging;

namespace ClassifierFunctions.Tests.Unit.Imaging;

public sealed class TensorWriterTests
{
    // Two pixels, R G B and a byte that means nothing.
    private static readonly byte[] Line = [10, 20, 30, 99, 40, 50, 60, 99];

    // Two grey pixels.
    private static readonly byte[] GreyLine = [7, 8];

    [Theory]
    [InlineData(TensorLayout.Nhwc, false, new byte[] { 0, 0, 0, 10, 20, 30, 40, 50, 60, 0, 0, 0, 0, 0, 0, 0, 0, 0 })]
    [InlineData(TensorLayout.Nchw, false, new byte[] { 0, 10, 40, 0, 0, 0, 0, 20, 50, 0, 0, 0, 0, 30, 60, 0, 0, 0 })]
    [InlineData(TensorLayout.Nhwc, true, new byte[] { 0, 0, 0, 30, 20, 10, 60, 50, 40, 0, 0, 0, 0, 0, 0, 0, 0, 0 })]
    [InlineData(TensorLayout.Nchw, true, new byte[] { 0, 30, 60, 0, 0, 0, 0, 20, 50, 0, 0, 0, 0, 10, 40, 0, 0, 0 })]
    public void Write_Row_GoesToTheRight(TensorLayout layout, bool flip, byte[] expected)
        => Assert.Equal(expected, Write(new() { FlipChannelOrder = flip }, new TensorShape(3, 2, 3, layout, TensorElement.UInt8), Line, 4, 1, 0, down: false));

    [Theory]
    [InlineData(TensorLayout.Nhwc, new byte[] { 0, 0, 0, 10, 20, 30, 0, 0, 0, 0, 0, 0, 40, 50, 60, 0, 0, 0 })]
    [InlineData(TensorLayout.Nchw, new byte[] { 0, 10, 0, 0, 40, 0, 0, 20, 0, 0, 50, 0, 0, 30, 0, 0, 60, 0 })]
    public void Write_Column_GoesDown(TensorLayout layout, byte[] expected)
        => Assert.Equal(expected, Write(new(), new TensorShape(3, 2, 3, layout, TensorElement.UInt8), Line, 4, 1, 0, down: true));

    [Theory]
    [InlineData(TensorLayout.Nhwc, new byte[] { 0, 0, 0, 7, 7, 7, 0, 0, 0, 8, 8, 8 })]
    [InlineData(TensorLayout.Nchw, new byte[] { 0, 7, 0, 8, 0, 7, 0, 8, 0, 7, 0, 8 })]
    public void Write_GreyColumnForColourModel_RepeatsIt(TensorLayout layout, byte[] expected)
        => Assert.Equal(expected, Write(new(), new TensorShape(2, 2, 3, layout, TensorElement.UInt8), GreyLine, 1, 1, 0, down: true));

    [Theory]
    [InlineData(TensorLayout.Nhwc)]
    [InlineData(TensorLayout.Nchw)]
    public void Write_GreyForGreyModel_IsKept(TensorLayout layout)
        => Assert.Equal([0, 0, 7, 8], Write(new(), new TensorShape(2, 2, 1, layout, TensorElement.UInt8), GreyLine, 1, 0, 1, down: false));

    [Theory]
    // Image.new("RGB", (1, 1), colour).convert("L") of Pillow 9.4.
    [InlineData(255, 255, 255, 255)]
    [InlineData(255, 0, 0, 76)]
    [InlineData(0, 255, 0, 150)]
    [InlineData(0, 0, 255, 29)]
    [InlineData(254, 255, 255, 255)]
    [InlineData(1, 2, 3, 2)]
    [InlineData(200, 100, 50, 124)]
    public void Write_ColourForGreyModel_IsPillowsLuma(byte r, byte g, byte b, byte expected)
    {
        // A flip of channels is nothing to a model that has one.
        var shape = new TensorShape(1, 1, 1, TensorLayout.Nchw, TensorElement.UInt8);

        Assert.Equal([expected], Write(new(), shape, [r, g, b, 99], 4, 0, 0, down: false));
        Assert.Equal([expected], Write(new() { FlipChannelOrder = true }, shape, [r, g, b, 99], 4, 0, 0, down: false));
    }

    [Fact]
    public void Write_Float32_IsRescaledThenNormalisedByTheRgbChannel()
    {
        var config = new PreprocessorConfig { RescaleFactor = 0.5, Mean = [1, 2, 3], Std = [2, 4, 8], FlipChannelOrder = true };
        var tensor = Write(config, new TensorShape(1, 1, 3, TensorLayout.Nhwc, TensorElement.Float32), [10, 20, 30, 99], 4, 0, 0, down: false);

        Assert.Equal([(15 - 3) / 8f, (10 - 2) / 4f, (5 - 1) / 2f], MemoryMarshal.Cast<byte, float>(tensor).ToArray());
    }

    [Fact]
    public void Write_OneMeanForThreeChannels_HoldsForAll()
    {
        var config = new PreprocessorConfig { Mean = [4], Std = [2] };
        var tensor = Write(config, new TensorShape(1, 1, 3, TensorLayout.Nhwc, TensorElement.Float32), [10, 20, 30, 99], 4, 0, 0, down: false);

        Assert.Equal([3f, 8f, 13f], MemoryMarshal.Cast<byte, float>(tensor).ToArray());
    }

    [Fact]
    public void Write_Float16_IsTheNearestHalf()
    {
        var tensor = Write(new() { RescaleFactor = 1 / 255.0 }, new TensorShape(1, 1, 3, TensorLayout.Nhwc, TensorElement.Float16), [1, 100, 254, 99], 4, 0, 0, down: false);

        // IEEE 754 binary16 of 1/255, 100/255 and 254/255.
        Assert.Equal([0x1C04, 0x3646, 0x3BF8], MemoryMarshal.Cast<byte, ushort>(tensor).ToArray());
    }

    [Fact]
    public void Write_UInt8OutOfRange_IsCutOff()
        => Assert.Equal(
            [0, 255, 50],
            Write(new() { RescaleFactor = 10, Mean = [200, 0, 250] }, new TensorShape(1, 1, 3, TensorLayout.Nhwc, TensorElement.UInt8), [10, 60, 30, 99], 4, 0, 0, down: false));

    [Theory]
    [InlineData(TensorLayout.Nhwc, new float[] { -3, -2, -1, -3, -2, -1 })]
    [InlineData(TensorLayout.Nchw, new float[] { -3, -3, -2, -2, -1, -1 })]
    public void Blacken_FlippedAndNormalised_IsBlackOfEachChannel(TensorLayout layout, float[] expected)
    {
        var shape = new TensorShape(2, 1, 3, layout, TensorElement.Float32);
        var tensor = new byte[shape.Bytes];
        tensor.AsSpan().Fill(0x77);
        TensorWriter.Create(new PreprocessorConfig { Mean = [1, 2, 3], FlipChannelOrder = true }, shape).Blacken(tensor);

        Assert.Equal(expected, MemoryMarshal.Cast<byte, float>(tensor).ToArray());
    }

    private static byte[] Write(PreprocessorConfig config, TensorShape shape, byte[] line, int lineChannels, int x, int y, bool down)
    {
        var tensor = new byte[shape.Bytes];
        TensorWriter.Create(config, shape).Write(line, lineChannels, x, y, down, tensor);
        return tensor;
    }
}
