using System.Security.Cryptography;

namespace ClassifierFunctions.ModelTool.Import;

/// <summary>A file that was read.</summary>
/// <param name="FileName">Its name, or in a SavedModel its path from that folder on.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Sha256">Digest in hexadecimal, small letters.</param>
internal sealed record ImportSource(string FileName, long Bytes, string Sha256)
{
    /// <param name="path">The file.</param>
    /// <param name="folder">Its name begins below this folder.</param>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static ImportSource Of(string path, string folder)
    {
        using var file = File.OpenRead(path);
        return new(Path.GetRelativePath(folder, path).Replace('\\', '/'), file.Length, Convert.ToHexStringLower(SHA256.HashData(file)));
    }
}
