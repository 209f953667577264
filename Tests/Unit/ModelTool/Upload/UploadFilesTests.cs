using ClassifierFunctions.ModelTool.Upload;
using ClassifierFunctions.Tests.Support;

namespace ClassifierFunctions.Tests.Unit.ModelTool.Upload;

public sealed class UploadFilesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Find_FilesAndFolders_AreNamedAsCopyWould()
    {
        var file = _folder.Write("elsewhere/z.dat", "");
        _folder.Write("one/a.jpg", "");
        _folder.Write("one/below/b.jpg", "");
        _folder.Write("two/a.jpg", "");

        Assert.Equal(
            ["m/f/z.dat", "m/f/one/a.jpg", "m/f/one/below/b.jpg", "m/f/two/a.jpg"],
            Names(new FileInfo(file), Folder("one" + Path.DirectorySeparatorChar), Folder("two")));
    }

    [Fact]
    public void Find_FolderBelowAnother_IsTakenOnce()
    {
        _folder.Write("one/below/b.jpg", "");

        Assert.Equal(["m/f/one/below/b.jpg"], Names(Folder("one"), Folder("one/below")));
    }

    [Fact]
    public void Find_FilesOfOneName_KeepTheirPathAndGetTheirOwnNames()
    {
        FileInfo[] files = [new(_folder.Write("one/a.jpg", "")), new(_folder.Write("two/a.jpg", ""))];

        var found = UploadFiles.Find(files, new BlobNames("m", "f"));

        Assert.Equal([new(0, files[0].FullName, "m/f/a.jpg"), new UploadFile(1, files[1].FullName, "m/f/a-2.jpg")], found);
    }

    private DirectoryInfo Folder(string name) => new(Path.Combine(_folder.Path, name));

    private static IEnumerable<string> Names(params FileSystemInfo[] paths) => UploadFiles.Find(paths, new BlobNames("m", "f")).Select(file => file.BlobName);
}
