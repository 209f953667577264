using ClassifierFunctions.ModelTool.Upload;

namespace ClassifierFunctions.Tests.Unit.ModelTool.Upload;

public sealed class BlobNamesTests
{
    [Theory]
    [InlineData("squeezenet", "trip", "photos/a b/ü.jpg", "squeezenet/trip/photos/a b/ü.jpg")]
    [InlineData("squeezenet", "2026/trip", "dog.jpg", "squeezenet/2026/trip/dog.jpg")]
    [InlineData("squeezenet", "trip", "-50% #1?.jpg", "squeezenet/trip/-50% #1?.jpg")]
    [InlineData(null, "trip", "photos/a b/ü.jpg", "trip-photos-a b-ü.jpg")]
    [InlineData(null, "trip", "dog.jpg", "trip-dog.jpg")]
    public void Take_Path_ComesBehindModelAndFolder(string? model, string folder, string path, string name)
    {
        var names = new BlobNames(model, folder);

        Assert.Equal(name, names.Take(path));
        Assert.StartsWith(names.Prefix, name, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a\\b.jpg", "m/f/a_b.jpg")]
    [InlineData("a\nb.jpg", "m/f/a_b.jpg")]
    [InlineData("a\uFFFEb🐈.jpg", "m/f/a_b🐈.jpg")]
    [InlineData("folder./a.", "m/f/folder_/a_")]
    [InlineData(".../a.jpg", "m/f/.._/a.jpg")]
    public void Take_PathThatStorageWouldChange_IsReplaced(string path, string name) => Assert.Equal(name, new BlobNames("m", "f").Take(path));

    [Fact]
    public void Take_SamePathAgain_GetsANumberThatIsFree()
    {
        string[] paths = ["a.jpg", "a-3.jpg", "a.jpg", "a.jpg", "a.b/c", "a.b/c"];

        Assert.Equal(
            ["m/f/a.jpg", "m/f/a-3.jpg", "m/f/a-2.jpg", "m/f/a-4.jpg", "m/f/a.b/c", "m/f/a.b/c-2"],
            paths.Select(new BlobNames("m", "f").Take));
    }

    [Fact]
    public void Take_PathsThatAreOneWhenFlat_StayApart()
    {
        string[] paths = ["a/b.jpg", "a-b.jpg"];

        Assert.Equal(["f-a-b.jpg", "f-a-b-2.jpg"], paths.Select(new BlobNames(null, "f").Take));
    }

    [Theory]
    [InlineData("trip", true)]
    [InlineData("2026/my trip", true)]
    [InlineData("", false)]
    [InlineData("/trip", false)]
    [InlineData("trip/", false)]
    [InlineData("a//b", false)]
    [InlineData("..", false)]
    [InlineData("a/./b", false)]
    [InlineData("a\\b", false)]
    public void IsKept_Folder_IsWhatStorageDoesNotChange(string folder, bool isKept) => Assert.Equal(isKept, BlobNames.IsKept(folder));

    [Fact]
    public void NewFolder_SameTime_DiffersByChance()
    {
        var now = new DateTimeOffset(2026, 3, 4, 7, 8, 9, TimeSpan.FromHours(2));

        Assert.Matches("^20260304T050809Z-[0-9a-f]{8}$", BlobNames.NewFolder(now));
        Assert.NotEqual(BlobNames.NewFolder(now), BlobNames.NewFolder(now));
    }
}
