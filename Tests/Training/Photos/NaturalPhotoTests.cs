using ClassifierFunctions.Training.Degradations;
using ClassifierFunctions.Training.Photos;

namespace ClassifierFunctions.Tests.Training.Photos;

public sealed class NaturalPhotoTests : IDisposable
{
    private readonly TemporaryFolder _temporary = new();

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public void Read_NoList_GivesNone() => Assert.Empty(NaturalPhoto.Read(null, [_temporary.Folder("one")]));

    [Fact]
    public void Read_List_GivesThePhotosThatAreThere()
    {
        var (one, two) = (_temporary.Folder("one"), _temporary.Folder("two"));
        foreach (var (folder, name) in ((DirectoryInfo, string)[])[(one, "a.jpg"), (two, "b.jpg"), (two, "c.jpg"), (two, "d.jpg")])
            File.WriteAllText(Path.Combine(folder.FullName, name), "");
        var photos = Read("# judged by eye\na.jpg,blurred\n\nb.jpg , Dark\r\nmissing.jpg,noisy\nc.jpg,overexposed\nd.jpg,NOISY\n", one, two);
        Assert.Equal(
            [("a.jpg", "one", Quality.Blurred), ("b.jpg", "two", Quality.Dark), ("c.jpg", "two", Quality.Overexposed), ("d.jpg", "two", Quality.Noisy)],
            photos.Select(photo => (photo.File.Name, photo.File.Directory!.Name, photo.Quality)));
    }

    [Theory]
    [InlineData("a.jpg")]
    [InlineData("a.jpg,good")]
    [InlineData("a.jpg,ugly")]
    [InlineData("a.jpg,dark,blurred")]
    [InlineData("a.jpg,")]
    [InlineData("a.jpg,2")]
    [InlineData("a.jpg,7")]
    public void Read_WrongLine_ShowsIt(string line)
    {
        var message = Assert.Throws<ArgumentException>(() => Read($"# fine\n{line}\n", _temporary.Folder("one"))).Message;
        Assert.Contains($"\"{line}\"", message);
        Assert.Contains("list.csv", message);
    }

    private IReadOnlyList<NaturalPhoto> Read(string text, params DirectoryInfo[] folders)
    {
        File.WriteAllText(_temporary.File("list.csv"), text);
        return NaturalPhoto.Read(new FileInfo(_temporary.File("list.csv")), folders);
    }
}
