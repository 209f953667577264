using ClassifierFunctions.Training.Degradations;
using ClassifierFunctions.Training.Photos;

namespace ClassifierFunctions.Tests.Training.Photos;

public sealed class SampleGeneratorTests
{
    private const int Side = 224;

    [Fact]
    public void Make_AnyOrderAndThreads_GivesTheSame()
    {
        const int Count = 24;
        var (forwards, backwards) = (new Sample[Count], new Sample[Count]);
        var generator = Generator(seed: 5);
        for (var i = 0; i < Count; i++)
            forwards[i] = generator.Make(i);
        var another = Generator(seed: 5);
        Parallel.For(0, Count, new ParallelOptions { MaxDegreeOfParallelism = 4 }, i => backwards[Count - 1 - i] = another.Make(Count - 1 - i));
        for (var i = 0; i < Count; i++)
        {
            Assert.Equal(forwards[i].Pixels, backwards[i].Pixels);
            Assert.Equal(forwards[i].Target, backwards[i].Target);
        }
    }

    [Fact]
    public void Make_OtherIndexOrSeed_GivesAnother()
    {
        var (one, two) = (Generator(seed: 5), Generator(seed: 6));
        Sample[] samples = [one.Make(0), one.Make(1), one.Make(2), two.Make(0), two.Make(1)];
        Assert.Equal(samples.Length, samples.DistinctBy(sample => Convert.ToHexString(sample.Pixels)).Count());
    }

    [Fact]
    public void Make_Sample_IsTheModelsInputAndShares()
    {
        var sample = Generator(seed: 1).Make(3);
        Assert.Equal(3 * Side * Side, sample.Pixels.Length);
        Assert.Equal(5, sample.Target.Length);
        Assert.Equal(1, sample.Target.Sum(), 1e-6);
    }

    [Fact]
    public void Make_Originals_AreThreeQuartersPhotos()
    {
        // Photos are red, scenes are blue: told apart after any degradation by which channel has more.
        var generator = new SampleGenerator(
            [new Original("photo", Pictures.Plain(320, 320, 160, 90, 60))], [new Original("scene", Pictures.Plain(320, 320, 60, 90, 160))],
            Engine.Decoder, Engine.BytePreprocessor(), seed: 1);
        var (photos, scenes) = (0, 0);
        for (var i = 0; i < 160; i++)
        {
            var pixels = generator.Make(i).Pixels;
            var (red, blue) = (pixels[..(Side * Side)].Average(code => code), pixels[^(Side * Side)..].Average(code => code));
            if (red > blue + 2)
                photos++;
            else if (blue > red + 2)
                scenes++;
        }

        // 4 % are grey, and a few so bright or dark that no colour is left.
        Assert.InRange(photos + scenes, 130, 160);
        Assert.InRange((double)photos / (photos + scenes), 0.57, 0.93);
    }

    [Fact]
    public void Read_File_GivesPlanesOfTheMiddle()
    {
        // Twice as wide as high: the sides are cut off.
        var image = Pictures.Plain(448, 224, 10, 20, 30);
        for (var y = 0; y < 224; y++)
        {
            image.Pixels.AsSpan(y * 448 * 3, 112 * 3).Fill(255);
            image.Pixels.AsSpan(((y * 448) + 336) * 3, 112 * 3).Fill(255);
        }

        var pixels = Generator(seed: 1).Read(ImageFile.Encode(image, []));
        for (var i = 0; i < pixels.Length; i++)
            Assert.Equal(10 * (1 + (i / (Side * Side))), pixels[i]);
    }

    private static SampleGenerator Generator(int seed)
    {
        var photos = Enumerable.Range(0, 3).Select(i => new Original($"photo {i}", Pictures.Waves(300 + (40 * i), 260))).ToArray();
        return new SampleGenerator(photos, [new Original("scene", Pictures.Random(400, 300, 1))], Engine.Decoder, Engine.BytePreprocessor(), seed);
    }
}
