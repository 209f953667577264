using System.Buffers.Binary;
using System.Text.RegularExpressions;

namespace ClassifierFunctions.ModelTool.TensorFlow.Sources;

/// <summary>Finds the files that a path stands for.</summary>
internal static partial class SourceLocator
{
    private const string Expected =
        "a checkpoint's prefix (the name before .meta and .index), a folder with a checkpoint, a frozen graph (.pb) or a SavedModel folder";

    // Ends every file of LevelDB's table format, which TensorFlow's first checkpoints are (tensorflow/core/lib/io/format.h).
    private const ulong TableMagic = 0xdb4775248b80fb57;

    // By content: files often have another name.
    private enum Format
    {
        Other,
        Hdf5,
        Zip,
        TensorFlowLite,
        Table,
    }

    /// <param name="path">A checkpoint's prefix or one of its files, a graph, or a folder of one of these.</param>
    /// <exception cref="ImportException">There is no such model; the message says what was expected and what is there.</exception>
    public static SourceLocation Find(string path)
    {
        if (path.Length == 0)
            throw new ImportException($"No path is given; expected is {Expected}.");
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        return Directory.Exists(full) ? InFolder(full) : File.Exists(full) ? OfFile(full) : OfPrefix(full);
    }

    private static SourceLocation InFolder(string folder)
    {
        if (SourceLocation.SavedModelIn(folder) is { } saved)
            return saved;
        if (File.Exists(Path.Combine(folder, "saved_model.pbtxt")))
            throw AsText(Path.Combine(folder, "saved_model.pbtxt"));
        if (File.Exists(Path.Combine(folder, CheckpointState.FileName)))
            return OfState(Path.Combine(folder, CheckpointState.FileName));
        var prefixes = PrefixesIn(folder);
        // Of a SavedModel, too, but no graphs.
        string[] graphs = [.. Directory.EnumerateFiles(folder, "*.pb").Order(StringComparer.Ordinal)
            .Where(file => Path.GetFileName(file) is not ("keras_metadata.pb" or "fingerprint.pb"))];
        return (prefixes, graphs) switch
        {
            ([var prefix], []) => OfPrefix(prefix),
            ([], [var graph]) => SourceLocation.OfGraph(graph),
            ([], []) => throw new ImportException($"{folder} has no model: expected is {Expected}. {Content(folder)}"),
            _ => throw new ImportException($"{folder} has several models; give the path of one of them: {Names([.. prefixes, .. graphs])}."),
        };
    }

    // A folder that was copied from another machine has that machine's paths in it.
    private static SourceLocation OfState(string file)
    {
        var folder = Path.GetDirectoryName(file)!;
        var newest = CheckpointState.ReadNewest(file);
        var beside = Path.Combine(folder, newest[(newest.LastIndexOfAny(['/', '\\']) + 1)..]);
        var prefix = new[] { Path.GetFullPath(newest, folder), beside }.FirstOrDefault(IsPrefix)
            ?? throw new ImportException(
                $"{file} names {newest}, but neither that nor {beside} is a checkpoint here (.meta, .index, .data-...). {Content(folder)}");
        return OfPrefix(prefix);
    }

    private static SourceLocation OfFile(string file)
    {
        var extension = Path.GetExtension(file).ToLowerInvariant();
        if (CheckpointFile().Match(file) is { Success: true } part)
            return OfPrefix(part.Groups["prefix"].Value);
        if (Path.GetFileName(file) == CheckpointState.FileName)
            return OfState(file);
        if (IsPrefix(file) && FormatOf(file) != Format.Table)
            return OfPrefix(file);
        var format = FormatOf(file);
        return (extension, format) switch
        {
            (".pbtxt" or ".prototxt", _) => throw AsText(file),
            (".h5" or ".hdf5" or ".keras", _) or (_, Format.Hdf5) => throw new ImportException(
                $"{file} is a Keras model, which is not read here; load it with Keras and write a SavedModel: model.export(\"folder\") "
                + "(before Keras 3: model.save(\"folder\"))."),
            (".tflite", _) or (_, Format.TensorFlowLite) => throw new ImportException(
                $"{file} is a TensorFlow Lite model, which is not read here; give the SavedModel or frozen graph that it was made from."),
            (".onnx", _) => throw new ImportException($"{file} is an ONNX model already; put it into a folder of the models folder as it is."),
            (_, Format.Zip) => throw new ImportException($"{file} is an archive; unpack it, and give what is in it."),
            (_, Format.Table) => throw FirstFormat(file),
            _ => SourceLocation.OfGraph(file),
        };
    }

    private static SourceLocation OfPrefix(string prefix)
    {
        var location = SourceLocation.OfCheckpoint(prefix);
        var folder = Path.GetDirectoryName(prefix) ?? prefix;
        if (!IsPrefix(prefix))
        {
            var around = Directory.Exists(folder) ? Content(folder) : $"Nor is there a folder {folder}.";
            throw HasShards(prefix, "-") ? FirstFormat(prefix) : new ImportException($"{prefix} does not exist: expected is {Expected}. {around}");
        }

        if (!File.Exists(location.GraphFile))
        {
            throw new ImportException($"{location.GraphFile} is missing: a checkpoint's graph is in its .meta file. "
                + (Path.GetDirectoryName(folder) is { } parent && SourceLocation.SavedModelIn(parent) is not null
                    ? $"These are the variables of the SavedModel in {parent}; give that folder."
                    : "Copy it from where the model was trained (tf.train.Saver writes it). Keras' save_weights and tf.train.Checkpoint write none: "
                        + "there, save a SavedModel."));
        }

        if (!File.Exists(prefix + ".index"))
        {
            throw (File.Exists(prefix) && FormatOf(prefix) == Format.Table) || HasShards(prefix, "-") ? FirstFormat(prefix)
                : new ImportException($"{prefix}.index is missing: it says where in the .data files the variables are. "
                    + $"Copy all files whose names begin with {Path.GetFileName(prefix)}.");
        }

        return location;
    }

    private static bool IsPrefix(string path) => File.Exists(path + ".meta") || File.Exists(path + ".index") || HasShards(path, ".data-");

    // Files called the prefix, then the infix, then 00000-of-00001 or the like.
    private static bool HasShards(string prefix, string infix)
        => Path.GetDirectoryName(prefix) is { } folder && Directory.Exists(folder) && Path.GetFileName(prefix) + infix is var start
            && Directory.EnumerateFiles(folder).Select(file => Path.GetFileName(file))
                .Any(name => name.StartsWith(start, StringComparison.Ordinal) && ShardNumber().IsMatch(name[start.Length..]));

    private static string[] PrefixesIn(string folder)
        => [.. Directory.EnumerateFiles(folder).Select(file => CheckpointFile().Match(file)).Where(match => match.Success)
            .Select(match => match.Groups["prefix"].Value).Distinct().Order(StringComparer.Ordinal)];

    private static string Content(string folder)
    {
        var prefixes = PrefixesIn(folder);
        var names = prefixes.Length > 0 ? prefixes : [.. Directory.EnumerateFileSystemEntries(folder).Order(StringComparer.Ordinal)];
        return names.Length == 0 ? $"{folder} is empty." : $"{folder} has {(prefixes.Length > 0 ? "the checkpoints " : "")}{Names(names)}.";
    }

    private static string Names(string[] paths)
        => string.Join(", ", paths.Take(20).Select(Path.GetFileName)) + (paths.Length > 20 ? $" and {paths.Length - 20} more" : "");

    private static Format FormatOf(string file)
    {
        using var stream = File.OpenRead(file);
        Span<byte> begin = stackalloc byte[sizeof(ulong)];
        Span<byte> end = stackalloc byte[sizeof(ulong)];
        if (stream.Length < begin.Length)
            return Format.Other;
        stream.ReadExactly(begin);
        stream.Seek(-end.Length, SeekOrigin.End);
        stream.ReadExactly(end);
        return begin[0] == 0x89 && begin[1..4].SequenceEqual("HDF"u8) ? Format.Hdf5
            : begin.StartsWith("PK\u0003\u0004"u8) ? Format.Zip
            : begin[4..].SequenceEqual("TFL3"u8) ? Format.TensorFlowLite
            : BinaryPrimitives.ReadUInt64LittleEndian(end) == TableMagic ? Format.Table
            : Format.Other;
    }

    private static ImportException FirstFormat(string prefix)
        => new($"{prefix} is a checkpoint in TensorFlow's first format (version 1, without an .index file), which is not read here; "
            + "restore it with TensorFlow and save it again with tf.train.Saver(write_version=tf.train.SaverDef.V2), or freeze the graph to a .pb.");

    private static ImportException AsText(string file)
        => new($"{file} is a graph as text, which is not read here; write it again in binary form (.pb; tf.io.write_graph(..., as_text=False)).");

    [GeneratedRegex(@"^(?<prefix>.*[^/\\])\.(?:meta|index|data-\d{5}-of-\d{5})$", RegexOptions.Singleline)]
    private static partial Regex CheckpointFile();

    [GeneratedRegex(@"^\d{5}-of-\d{5}$")]
    private static partial Regex ShardNumber();
}
