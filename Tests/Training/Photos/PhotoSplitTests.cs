using ClassifierFunctions.Training.Photos;

namespace ClassifierFunctions.Tests.Training.Photos;

public sealed class PhotoSplitTests
{
    [Theory]
    [InlineData(10, 1, 2)]
    [InlineData(19, 1, 3)]
    [InlineData(30, 3, 6)]
    [InlineData(70, 7, 14)]
    [InlineData(240, 24, 48)]
    public void Of_Photos_AreEachInOnePart(int count, int validation, int test)
    {
        var split = PhotoSplit.Of(Photos(count), seed: 1);
        Assert.Equal((validation, test), (split.Validation.Count, split.Test.Count));
        var names = Names(split.Training).Concat(Names(split.Validation)).Concat(Names(split.Test)).ToArray();
        Assert.Equal(count, names.Length);
        Assert.Equal(Names(Photos(count)).Order(), names.Order());
    }

    [Fact]
    public void Of_SameSeed_GivesTheSameSplit()
    {
        var (first, second) = (PhotoSplit.Of(Photos(50), seed: 3), PhotoSplit.Of(Photos(50), seed: 3));
        Assert.Equal(Names(first.Training), Names(second.Training));
        Assert.Equal(Names(first.Validation), Names(second.Validation));
        Assert.Equal(Names(first.Test), Names(second.Test));
    }

    [Fact]
    public void Of_AnotherSeed_GivesAnotherSplit()
        => Assert.NotEqual(Names(PhotoSplit.Of(Photos(50), seed: 3).Test).Order(), Names(PhotoSplit.Of(Photos(50), seed: 4).Test).Order());

    [Fact]
    public void Of_Photos_KeepsTheirOrder()
    {
        var photos = Photos(20);
        PhotoSplit.Of(photos, seed: 1);
        Assert.Equal(Names(Photos(20)), Names(photos));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(9)]
    public void Of_TooFewPhotos_SaysHowManyAreNeeded(int count)
    {
        var message = Assert.Throws<ArgumentException>(() => PhotoSplit.Of(Photos(count), seed: 1)).Message;
        Assert.Contains($" {count} ", message);
        Assert.Contains("10", message);
    }

    private static Original[] Photos(int count) => [.. Enumerable.Range(0, count).Select(i => new Original($"photo {i:000}", Pictures.Plain(1, 1, 0)))];

    private static IEnumerable<string> Names(IEnumerable<Original> photos) => photos.Select(photo => photo.Name);
}
