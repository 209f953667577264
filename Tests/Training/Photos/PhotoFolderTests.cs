using ClassifierFunctions.Training;
using ClassifierFunctions.Training.Degradations;
using ClassifierFunctions.Training.Photos;

namespace ClassifierFunctions.Tests.Training.Photos;

public sealed class PhotoFolderTests : IDisposable
{
    private readonly TemporaryFolder _temporary = new();
    private readonly List<string> _skipped = [];

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public void Read_Photos_GivesThemByNameWhateverTheFolder()
    {
        var (first, second) = (_temporary.Folder("one"), _temporary.Folder("two"));
        // Written in another order than that of the names, and spread over the folders.
        foreach (var (folder, name) in ((DirectoryInfo, string)[])[(second, "c.png"), (first, "d.PNG"), (second, "a.png"), (first, "B.png")])
            Write(folder, name, Pictures.Plain(130, 140, (byte)name[0]));
        File.WriteAllText(Path.Combine(first.FullName, "notes.txt"), "not a photo");

        Assert.Equal(["B.png", "a.png", "c.png", "d.PNG"], Read(first, second).Select(photo => photo.Name));
        Assert.Equal(["B.png", "a.png", "c.png", "d.PNG"], Read(second, first).Select(photo => photo.Name));
        Assert.Empty(_skipped);
    }

    [Fact]
    public void Read_SameFileTwice_GivesItOnceAndSaysSo()
    {
        var (first, second) = (_temporary.Folder("one"), _temporary.Folder("two"));
        Write(first, "b.png", Pictures.Plain(130, 140, 99));
        Write(second, "a.png", Pictures.Plain(130, 140, 99));

        Assert.Equal("a.png", Assert.Single(Read(first, second)).Name);
        Assert.Equal(["b.png: the same file as a.png"], _skipped);
    }

    [Fact]
    public void Read_Photo_GivesItsPixels()
    {
        var (folder, image) = (_temporary.Folder("one"), Pictures.Random(150, 121, seed: 1));
        Write(folder, "a.png", image);
        var photo = Assert.Single(Read(folder));
        Assert.Equal((150, 121), (photo.Image.Width, photo.Image.Height));
        Assert.Equal(image.Pixels, photo.Image.Pixels);
    }

    [Fact]
    public void Read_LargePhoto_IsShrunkToAShortestEdgeOf960()
    {
        var folder = _temporary.Folder("one");
        Write(folder, "a.png", Pictures.Plain(1500, 1200, 77));
        var photo = Assert.Single(Read(folder)).Image;
        Assert.Equal((1200, 960), (photo.Width, photo.Height));
        Assert.All(photo.Pixels, code => Assert.Equal(77, code));
    }

    [Fact]
    public void Read_DamagedAndTinyFiles_SkipsThemAndSaysSo()
    {
        var folder = _temporary.Folder("one");
        Write(folder, "good.png", Pictures.Plain(120, 300, 99));
        Write(folder, "tiny.png", Pictures.Plain(119, 300, 99));
        File.WriteAllText(Path.Combine(folder.FullName, "text.jpg"), "this is not a JPEG");
        File.WriteAllBytes(Path.Combine(folder.FullName, "empty.jpg"), []);

        Assert.Equal("good.png", Assert.Single(Read(folder)).Name);
        Assert.Equal(["empty.jpg", "text.jpg", "tiny.png"], _skipped.Select(line => line.Split(':')[0]));
        Assert.All(_skipped, line => Assert.True(line.Split(": ", 2)[1].Length > 5));
        Assert.Contains("120", _skipped[2]);
    }

    [Fact]
    public void Read_SameNameTwice_Refuses()
    {
        var (first, second) = (_temporary.Folder("one"), _temporary.Folder("two"));
        Write(first, "a.png", Pictures.Plain(130, 130, 99));
        Write(second, "a.png", Pictures.Plain(130, 130, 50));
        Assert.Contains("a.png", Assert.Throws<ArgumentException>(() => Read(first, second)).Message);
        Assert.Throws<ArgumentException>(() => Read(first, first));
    }

    private IReadOnlyList<Original> Read(params DirectoryInfo[] folders) => PhotoFolder.Read(folders, Engine.Decoder, _skipped.Add);

    private static void Write(DirectoryInfo folder, string name, RgbImage image)
        => File.WriteAllBytes(Path.Combine(folder.FullName, name), ImageFile.Encode(image, []));
}
