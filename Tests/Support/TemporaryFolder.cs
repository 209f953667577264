namespace ClassifierFunctions.Tests.Support;

/// <summary>An empty folder that goes away with the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("classifier-tests-").FullName;

    public string Write(string name, string text)
    {
        var path = System.IO.Path.Combine(Path, name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>Copies the files of a model folder, not its test photos.</summary>
    public string CopyModel(string from, string name)
    {
        var target = System.IO.Path.Combine(Path, name);
        Directory.CreateDirectory(target);
        foreach (var file in Directory.EnumerateFiles(from))
            File.Copy(file, System.IO.Path.Combine(target, System.IO.Path.GetFileName(file)));
        return target;
    }

    /// <summary>Copies SqueezeNet with an operator that does not exist: its graph can be read, but no session can be made of it.</summary>
    public void CopyBrokenModel(string name)
    {
        var onnx = System.IO.Path.Combine(CopyModel(TestData.Squeezenet, name), "model.onnx");
        var bytes = File.ReadAllBytes(onnx);
        bytes[bytes.AsSpan().IndexOf("MaxPool"u8)] = (byte)'m';
        File.WriteAllBytes(onnx, bytes);
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
