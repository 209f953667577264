using ClassifierFunctions.Imaging;
using ClassifierFunctions.Training.Photos;

namespace ClassifierFunctions.Tests.Training.Photos;

public sealed class OriginalTests
{
    [Theory]
    [InlineData(640, 480, 320, 427, 320)]
    [InlineData(480, 640, 320, 320, 427)]
    [InlineData(300, 900, 200, 200, 600)]
    [InlineData(320, 500, 320, 320, 500)]
    [InlineData(100, 110, 320, 320, 352)]
    public void Resize_ShortestEdge_KeepsTheRatio(int width, int height, int edge, int toWidth, int toHeight)
    {
        var image = new Original("a", Pictures.Plain(width, height, 10, 100, 200)).Resize(edge, ResampleFilter.Bicubic);
        Assert.Equal((toWidth, toHeight), (image.Width, image.Height));
        for (var i = 0; i < image.Pixels.Length; i++)
            Assert.Equal((byte)(i % 3 == 0 ? 10 : i % 3 == 1 ? 100 : 200), image.Pixels[i]);
    }

    [Fact]
    public void Resize_SameSize_GivesThePixels()
    {
        var image = Pictures.Random(40, 30, seed: 1);
        Assert.Equal(image.Pixels, new Original("a", image).Resize(30, ResampleFilter.Bilinear).Pixels);
    }

    [Fact]
    public void PixelImage_Part_IsCutOut()
    {
        var image = Pictures.Random(40, 30, seed: 2);
        using var pixels = new PixelImage(image, new PixelRegion(7, 11, 20, 15));
        var part = pixels.Resize(20, 15, ResampleFilter.Bicubic);
        for (var y = 0; y < 15; y++)
        {
            for (var x = 0; x < 60; x++)
                Assert.Equal(image.Pixels[((y + 11) * 120) + 21 + x], part.Pixels[(y * 60) + x]);
        }
    }
}
