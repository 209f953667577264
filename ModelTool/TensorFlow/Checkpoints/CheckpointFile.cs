using Microsoft.Win32.SafeHandles;

namespace ClassifierFunctions.ModelTool.TensorFlow.Checkpoints;

/// <summary>One file of a checkpoint, open to be read. All failures are <see cref="ImportException"/>.</summary>
internal sealed class CheckpointFile : IDisposable
{
    private readonly SafeFileHandle _handle;

    private CheckpointFile(string path, SafeFileHandle handle, long length)
    {
        Path = path;
        _handle = handle;
        Length = length;
    }

    public string Path { get; }

    public long Length { get; }

    public static CheckpointFile Open(string path)
    {
        SafeFileHandle? handle = null;
        try
        {
            handle = File.OpenHandle(path);
            return new CheckpointFile(path, handle, RandomAccess.GetLength(handle));
        }
        catch (Exception failure) when (IsOfFileSystem(failure))
        {
            handle?.Dispose();
            throw Unreadable(path, failure);
        }
    }

    /// <summary>Length of a file that is not opened.</summary>
    public static long LengthOf(string path)
    {
        try
        {
            return new FileInfo(path).Length;
        }
        catch (Exception failure) when (IsOfFileSystem(failure))
        {
            throw Unreadable(path, failure);
        }
    }

    /// <summary>Fills the target. The caller has compared with <see cref="Length"/>.</summary>
    public void Read(long offset, Span<byte> target)
    {
        try
        {
            while (!target.IsEmpty)
            {
                var read = RandomAccess.Read(_handle, target, offset);
                if (read == 0)
                    throw CheckpointDamage.At(Path, offset, "the file became shorter while it was read");
                offset += read;
                target = target[read..];
            }
        }
        catch (Exception failure) when (IsOfFileSystem(failure))
        {
            throw Unreadable(Path, failure);
        }
    }

    public void Dispose() => _handle.Dispose();

    /// <summary>Whether it is a failure to get at a file. Names come from files too, and may be none that a file can have.</summary>
    public static bool IsOfFileSystem(Exception failure)
        => failure is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException;

    private static ImportException Unreadable(string path, Exception failure) => failure is FileNotFoundException or DirectoryNotFoundException
        ? new($"{path} is missing. A checkpoint is its .index and all its .data files; put them into one folder.", failure)
        : new($"{path} cannot be read: {failure.Message}", failure);
}
