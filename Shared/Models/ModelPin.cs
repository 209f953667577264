using System.Buffers;
using System.Security.Cryptography;

namespace ClassifierFunctions.Models;

/// <summary>
/// Checks the files of a model against their pins: beside <c>model.onnx</c> or <c>model.onnx_data</c>, a file of the same name with <c>.sha256</c> at
/// the end, which holds what <c>sha256sum</c> prints, or the digest alone. A file without a pin is not checked.
/// </summary>
internal static class ModelPin
{
    public const string Extension = ".sha256";

    // A digest with a long path; more is something else.
    private const int MaxPinBytes = 8192;

    private static readonly SearchValues<char> Hex = SearchValues.Create("0123456789abcdefABCDEF");

    /// <summary>Reads every pinned file once, from start to end, and keeps nothing of it in memory.</summary>
    /// <param name="onnxPath">The ONNX file.</param>
    /// <exception cref="ModelFormatException">A file is not the one that was pinned, or is missing; or a pin holds no digest.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static void Verify(string onnxPath)
    {
        foreach (var pin in Directory.EnumerateFiles(Path.GetDirectoryName(onnxPath)!, $"{Path.GetFileName(onnxPath)}*{Extension}").Order(StringComparer.Ordinal))
        {
            var expected = Digest(pin);
            var pinned = pin[..^Extension.Length];
            if (!File.Exists(pinned))
                throw new ModelFormatException($"{Path.GetFileName(pin)} pins {Path.GetFileName(pinned)}, which is not there; put it back, or delete the pin.");
            using var file = File.OpenRead(pinned);
            var actual = Convert.ToHexStringLower(SHA256.HashData(file));
            if (!actual.Equals(expected, StringComparison.OrdinalIgnoreCase))
            {
                throw new ModelFormatException(
                    $"{Path.GetFileName(pinned)} is not the file that {Path.GetFileName(pin)} pins: its SHA-256 is {actual}. Copy the file again; if it "
                    + $"was changed on purpose, pin the new one: sha256sum {Path.GetFileName(pinned)} > {Path.GetFileName(pin)}.");
            }
        }
    }

    private static string Digest(string pin)
    {
        var text = new FileInfo(pin).Length <= MaxPinBytes ? File.ReadAllText(pin).Trim() : "";
        // sha256sum writes two spaces before the name, or a space and an asterisk; the name may be of another folder.
        var end = text.IndexOfAny([' ', '\t']);
        var digest = end < 0 ? text : text[..end];
        return digest.Length == SHA256.HashSizeInBytes * 2 && !digest.AsSpan().ContainsAnyExcept(Hex) && !text.Contains('\n', StringComparison.Ordinal)
            ? digest
            : throw new ModelFormatException(
                $"{Path.GetFileName(pin)} holds no SHA-256 digest: write one line into it, as sha256sum prints it, or delete it.");
    }
}
