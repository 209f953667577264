using ClassifierFunctions.Imaging;

namespace ClassifierFunctions.Tests.Unit.Imaging;

public sealed class ResizePlanTests
{
    [Theory]
    // transformers' get_resize_output_image_size and torchvision's Resize: the longer edge is int(size * long / short).
    [InlineData(640, 480, 256, 341, 256)]
    [InlineData(480, 640, 256, 256, 341)]
    [InlineData(500, 375, 256, 341, 256)]
    [InlineData(401, 599, 256, 256, 382)]
    [InlineData(512, 512, 256, 256, 256)]
    [InlineData(100, 101, 10, 10, 10)]
    [InlineData(3, 2, 256, 384, 256)]
    [InlineData(65_535, 1, 256, 16_776_960, 256)]
    [InlineData(1, 65_535, 256, 256, 16_776_960)]
    public void For_ShortestEdge_FloorsTheLongerEdge(int width, int height, int edge, int expectedWidth, int expectedHeight)
    {
        var plan = ResizePlan.For(new PreprocessorConfig { ShortestEdge = edge }, 1, 1, width, height);

        Assert.Equal((expectedWidth, expectedHeight), (plan.Width, plan.Height));
    }

    [Theory]
    // transformers' center_crop: top = (height - crop_height) // 2, left alike.
    [InlineData(10, 4, 3)]
    [InlineData(11, 4, 3)]
    [InlineData(7, 4, 1)]
    [InlineData(5, 4, 0)]
    [InlineData(4, 4, 0)]
    [InlineData(341, 224, 58)]
    public void For_CropWithin_BeginsAtTheFlooredHalf(int size, int crop, int start)
    {
        var config = new PreprocessorConfig { CropWidth = crop, CropHeight = crop };

        Assert.Equal(new ResizePlan(size, 1000, start, (1000 - crop) / 2, crop, crop, 0, 0), ResizePlan.For(config, crop, crop, size, 1000));
        Assert.Equal(new ResizePlan(1000, size, (1000 - crop) / 2, start, crop, crop, 0, 0), ResizePlan.For(config, crop, crop, 1000, size));
    }

    [Theory]
    // center_crop pads with ceil((crop - size) / 2) zeros in front.
    [InlineData(2, 5, 2)]
    [InlineData(1, 4, 2)]
    [InlineData(3, 4, 1)]
    [InlineData(2, 4, 1)]
    [InlineData(1, 224, 112)]
    public void For_CropBeyond_PadsTheLargerHalfInFront(int size, int crop, int padding)
    {
        var config = new PreprocessorConfig { CropWidth = crop, CropHeight = crop };

        Assert.Equal(new ResizePlan(size, size, 0, 0, size, size, padding, padding), ResizePlan.For(config, crop, crop, size, size));
    }

    [Fact]
    public void For_CropBeyondOneWayOnly_PadsOnlyThere()
        // 60 x 20 by the shorter edge of 10 is 30 x 10; of that 16 columns, and 3 black rows above 10.
        => Assert.Equal(
            new ResizePlan(30, 10, 7, 0, 16, 10, 0, 3),
            ResizePlan.For(new PreprocessorConfig { ShortestEdge = 10, CropWidth = 16, CropHeight = 16 }, 16, 16, 60, 20));

    [Fact]
    public void For_ExactSize_IgnoresTheRatio()
        => Assert.Equal(
            new ResizePlan(40, 30, 0, 0, 40, 30, 0, 0), ResizePlan.For(new PreprocessorConfig { ResizeWidth = 40, ResizeHeight = 30 }, 40, 30, 1000, 10));

    [Fact]
    public void For_ExactSizeThenCrop_CropsTheResized()
        => Assert.Equal(
            new ResizePlan(40, 31, 10, 5, 20, 20, 0, 0),
            ResizePlan.For(new PreprocessorConfig { ResizeWidth = 40, ResizeHeight = 31, CropWidth = 20, CropHeight = 20 }, 20, 20, 1000, 10));
}
