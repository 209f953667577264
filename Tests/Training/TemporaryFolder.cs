namespace ClassifierFunctions.Tests.Training;

/// <summary>A folder for one test, gone with it.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("training-tests-").FullName;

    public string File(string name) => System.IO.Path.Combine(Path, name);

    public DirectoryInfo Folder(string name) => Directory.CreateDirectory(File(name));

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
