using ClassifierFunctions.ModelTool.Images;
using ClassifierFunctions.Tests.Support;

namespace ClassifierFunctions.Tests.Unit.ModelTool.Images;

public sealed class ImageFilesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Find_Folder_TakesImagesOfAllLevelsInOrder()
    {
        string[] images = ["a.jpg", "b.JPEG", "d.webp", "a/z.png", "b/c/x.GIF", "b/c/y.Bmp"];
        foreach (var name in images.Reverse().Concat(["notes.txt", "jpg", "archive.jpg.zip", ".hidden.jpg", ".git/e.png"]))
            _folder.Write(name, "");

        Assert.Equal(images, Names(ImageFiles.Find([new DirectoryInfo(_folder.Path)])));
    }

    [Fact]
    public void Find_FilesThatAreNamed_AreTakenWhateverTheyAreCalled()
    {
        var (text, image) = (_folder.Write("photo.dat", ""), _folder.Write("a.png", ""));

        Assert.Equal([text, image], ImageFiles.Find([new FileInfo(text), new FileInfo(image)]));
    }

    [Fact]
    public void Find_FileAlsoInAFolder_IsTakenOnceWhereItCameFirst()
    {
        var (a, b) = (_folder.Write("a.png", ""), _folder.Write("b.png", ""));

        Assert.Equal([b, a], ImageFiles.Find([new FileInfo(b), new DirectoryInfo(_folder.Path)]));
    }

    [Fact]
    public void Find_LinkToAFile_IsTaken()
    {
        var image = _folder.Write("elsewhere/a.png", "");
        Directory.CreateDirectory(Path.Combine(_folder.Path, "photos"));
        File.CreateSymbolicLink(Path.Combine(_folder.Path, "photos", "b.png"), image);

        Assert.Equal(["photos/b.png"], Names(ImageFiles.Find([new DirectoryInfo(Path.Combine(_folder.Path, "photos"))])));
    }

    [Fact]
    public void Find_LinkToAFolderAround_IsNotFollowed()
    {
        _folder.Write("photos/a.png", "");
        Directory.CreateSymbolicLink(Path.Combine(_folder.Path, "photos", "again"), _folder.Path);

        Assert.Equal(["photos/a.png"], Names(ImageFiles.Find([new DirectoryInfo(_folder.Path)])));
    }

    [Fact]
    public void Find_FolderWithoutImages_NamesItAndWhatWasLookedFor()
    {
        _folder.Write("full/a.png", "");
        _folder.Write("empty/notes.txt", "");
        DirectoryInfo[] folders = [new(Path.Combine(_folder.Path, "full")), new(Path.Combine(_folder.Path, "empty"))];

        var message = Assert.Throws<DirectoryNotFoundException>(() => ImageFiles.Find(folders)).Message;

        Assert.StartsWith($"{folders[1].FullName}: ", message, StringComparison.Ordinal);
        Assert.Contains("jpg jpeg png webp gif bmp", message, StringComparison.Ordinal);
    }

    private IEnumerable<string> Names(IEnumerable<string> paths) => paths.Select(path => Path.GetRelativePath(_folder.Path, path).Replace('\\', '/'));
}
