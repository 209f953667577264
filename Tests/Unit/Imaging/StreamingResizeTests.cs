using ClassifierFunctions.Imaging;

namespace ClassifierFunctions.Tests.Unit.Imaging;

public sealed class StreamingResizeTests
{
    private const int Rounds = 150;

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void TryTake_PictureOnItsSide_EqualsTheUprightOne(int channels)
    {
        var random = new Random(1);
        for (var round = 0; round < Rounds; round++)
        {
            using var picture = new Case(random, round, channels);

            Assert.True(picture.Upright(slack: 0).AsSpan().SequenceEqual(Transpose(picture.OnItsSide(acrossFirst: true, slack: 0), picture.Across.Count, channels)), $"round {round}");
        }
    }

    [Fact]
    public void TryTake_OtherOrderOfPasses_RoundsOtherwise()
    {
        // Without this, the test above would prove nothing: the order of the passes has to show.
        using var picture = new Case(new PreprocessorConfig { Resample = ResampleFilter.Bicubic }, new ResampleAxis(60, 60, 41, 0, 41), new ResampleAxis(50, 50, 33, 0, 33), new Random(1), 1, 4);

        Assert.Equal(picture.Upright(slack: 0), Transpose(picture.OnItsSide(acrossFirst: true, slack: 0), 41, 4));
        Assert.NotEqual(picture.Upright(slack: 0), Transpose(picture.OnItsSide(acrossFirst: false, slack: 0), 41, 4));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void TryTake_OtherBytesBehindRowsAndInBuffers_ChangeNothing(int channels)
    {
        var random = new Random(2);
        for (var round = 0; round < Rounds; round++)
        {
            using var picture = new Case(random, round, channels);

            Assert.Equal(picture.Upright(slack: 0), picture.Upright(slack: 0xFF));
            Assert.Equal(picture.OnItsSide(acrossFirst: true, slack: 0), picture.OnItsSide(acrossFirst: true, slack: 0xFF));
        }
    }

    private static byte[] Transpose(byte[] pixels, int height, int channels)
    {
        var width = pixels.Length / height / channels;
        var turned = new byte[pixels.Length];
        for (var i = 0; i < width * height; i++)
            pixels.AsSpan(i * channels, channels).CopyTo(turned.AsSpan(((i % width * height) + (i / width)) * channels));
        return turned;
    }

    /// <summary>A picture of random pixels, and random weights for its two directions.</summary>
    private sealed class Case : IDisposable
    {
        private readonly int _width;
        private readonly int _height;
        private readonly int _channels;
        private readonly byte[] _picture;
        private readonly ResampleKernel _down;

        public Case(Random random, int round, int channels)
            : this(Kind(round % 7), ConvolutionTests.Axis(random), ConvolutionTests.Axis(random), random, round, channels)
        {
        }

        public Case(PreprocessorConfig config, ResampleAxis across, ResampleAxis down, Random random, int kind, int channels)
        {
            (_width, _height, _channels) = (across.SourceSize, down.SourceSize, channels);
            _picture = ConvolutionTests.Noise(random, _width * _height * channels, kind);
            (Across, _down) = (ResampleKernel.Create(config, across, isHeight: false), ResampleKernel.Create(config, down, isHeight: true));
        }

        public ResampleKernel Across { get; }

        public byte[] Upright(byte slack) => Resize(_picture, _width, Across, _down, acrossFirst: false, slack);

        public byte[] OnItsSide(bool acrossFirst, byte slack) => Resize(Transpose(_picture, _height, _channels), _height, _down, Across, acrossFirst, slack);

        public void Dispose()
        {
            Across.Dispose();
            _down.Dispose();
        }

        // Every filter of Pillow, and OpenCV's.
        private static PreprocessorConfig Kind(int number)
            => number == 6 ? new PreprocessorConfig { Antialias = false } : new PreprocessorConfig { Resample = (ResampleFilter)number };

        private byte[] Resize(byte[] stored, int storedWidth, ResampleKernel columns, ResampleKernel rows, bool acrossFirst, byte slack)
        {
            for (var length = 16; length <= 1 << 17; length *= 2)
            {
                using var used = new PixelBuffer(length - PixelBuffer.Slack > 0 ? length - PixelBuffer.Slack : 0);
                used.Span.Fill(slack);
            }

            var ((left, right), (top, bottom)) = (columns.SourceRange, rows.SourceRange);
            using var resize = new StreamingResize(columns, rows, new PixelRegion(left, top, right - left, bottom - top), _channels, acrossFirst);
            var result = new byte[columns.Count * rows.Count * _channels];
            var taken = new List<int>();
            for (var y = top; y < bottom; y++)
            {
                resize.Add([.. stored.AsSpan(((y * storedWidth) + left) * _channels, (right - left) * _channels), .. Enumerable.Repeat(slack, PixelBuffer.Slack)]);
                while (resize.TryTake(out var line, out var position))
                {
                    line.CopyTo(result.AsSpan(position * columns.Count * _channels));
                    taken.Add(position);
                }
            }

            Assert.Equal(Enumerable.Range(0, rows.Count), taken.Order());
            return result;
        }
    }
}
