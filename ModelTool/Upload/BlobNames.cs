using System.Globalization;
using System.Security.Cryptography;
using ClassifierFunctions.Uploads;

namespace ClassifierFunctions.ModelTool.Upload;

/// <summary>The blob names of a batch: all begin alike, and no two are the same.</summary>
/// <remarks>
/// The first folder of an upload's name is its model, so a name for the default model can have no folder at all: what would be
/// <c>model/batch/trip/dog.jpg</c> is <c>batch-trip-dog.jpg</c> there.
/// </remarks>
internal sealed class BlobNames
{
    private readonly Dictionary<string, int> _taken = new(StringComparer.Ordinal);
    private readonly bool _isFlat;

    /// <param name="model">Name of the model; null for the default one.</param>
    /// <param name="folder">Name of the batch.</param>
    public BlobNames(string? model, string folder)
    {
        _isFlat = model is null;
        Prefix = model is null ? $"{folder}-" : $"{model}/{folder}/";
    }

    /// <summary>What all names begin with, and those of the results.</summary>
    public string Prefix { get; }

    /// <summary>A name that no other batch has: the time, to the second, and chance.</summary>
    public static string NewFolder(DateTimeOffset now)
        => string.Create(CultureInfo.InvariantCulture, $"{now.UtcDateTime:yyyyMMdd'T'HHmmss'Z'}-{RandomNumberGenerator.GetHexString(8, lowercase: true)}");

    /// <summary>Whether storage accounts keep a path as it is: no empty, dotted or dot-ending part, no backslash, no control character.</summary>
    public static bool IsKept(string path) => path.Split('/').All(part => part.Length > 0 && Kept(part) == part);

    /// <summary>The next file's name. A path that was taken before gets a number: <c>dog-2.jpg</c>.</summary>
    /// <param name="path">With slashes between folders.</param>
    public string Take(string path)
    {
        var name = Prefix + string.Join(_isFlat ? '-' : '/', path.Split('/').Select(Kept));
        if (_taken.TryAdd(name, 1))
            return name;
        var ending = Path.GetExtension(name);
        string numbered;
        do
            numbered = string.Create(CultureInfo.InvariantCulture, $"{name.AsSpan(0, name.Length - ending.Length)}-{++_taken[name]}{ending}");
        while (!_taken.TryAdd(numbered, 1));
        return numbered;
    }

    // What a storage account would refuse or replace by something else, which would leave the upload and its result unfindable.
    private static string Kept(string part)
    {
        part = BlobText.Listable(part).Replace('\\', '_');
        return part.EndsWith('.') ? part[..^1] + "_" : part;
    }
}
