using System.Text;
using ClassifierFunctions.ModelTool.TensorFlow;

namespace ClassifierFunctions.ModelTool.Import;

/// <summary>What the <c>import</c> command was asked for.</summary>
internal sealed record ImportOptions
{
    private const string DefaultName = "model";

    // Of TensorFlow's files.
    private static readonly string[] Endings = [".meta", ".index", ".pb", ".ckpt"];

    /// <summary>Checkpoint prefix, file or folder, as it was given.</summary>
    public required string Source { get; init; }

    /// <summary>In the order given; empty when they are to be found.</summary>
    public required IReadOnlyList<string> Outputs { get; init; }

    /// <summary>Null when it is to be found.</summary>
    public string? Input { get; init; }

    /// <summary>Values of placeholders, by name.</summary>
    public required IReadOnlyDictionary<string, string> Values { get; init; }

    public required LabelsOption Labels { get; init; }

    public required PreprocessOption Preprocess { get; init; }

    public required ModelTarget Target { get; init; }

    /// <summary>The target as people would write it in the folder where the command was given.</summary>
    public required string TargetPath { get; init; }

    /// <summary>The command line that asks for the same, in the folder where this one was given.</summary>
    public required string Command { get; init; }

    /// <exception cref="ImportException">An option is wrong, or the target is taken.</exception>
    public static ImportOptions Parse(ImportArguments arguments)
    {
        var target = TargetOf(arguments);
        target.ThrowIfTaken();
        return new()
        {
            Source = arguments.Source,
            Outputs = Names(arguments.Outputs),
            Input = arguments.Input,
            Values = PlaceholderValues(arguments.Values),
            Labels = LabelsOption.Parse(arguments.Labels),
            Preprocess = PreprocessOption.Parse(arguments.Preprocess),
            Target = target,
            TargetPath = Quoted(Relative(target.Path)),
            Command = CommandLine(arguments, target),
        };
    }

    private static string[] Names(IReadOnlyList<string> lists)
    {
        var names = lists.SelectMany(list => list.Split(',', StringSplitOptions.TrimEntries)).ToArray();
        if (names.Contains(""))
            throw new ImportException($"--output {string.Join(',', lists)} has an empty name.");
        return names.GroupBy(name => name).FirstOrDefault(group => group.Count() > 1) is { Key: var twice }
            ? throw new ImportException($"--output names {twice} twice.")
            : names;
    }

    private static Dictionary<string, string> PlaceholderValues(IReadOnlyList<string> assignments)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var assignment in assignments)
        {
            if (assignment.Split('=', 2, StringSplitOptions.TrimEntries) is not [{ Length: > 0 } name, { Length: > 0 } value])
                throw new ImportException($"--set {assignment}: give the placeholder and its value, as in --set phase_train=false.");
            if (!values.TryAdd(name, value))
                throw new ImportException($"--set gives {name} twice.");
        }

        return values;
    }

    private static ModelTarget TargetOf(ImportArguments arguments)
    {
        if (arguments.Name is { } given && given != Fit(given))
            throw new ImportException($"--name {given}: a model's name is letters, digits, dots, dashes and underscores, and begins with none of the last three.");
        if (arguments.Source.Length == 0 || arguments.To?.Length == 0 || arguments.Name?.Length == 0)
            throw new ImportException("The path to import, --to and --name must not be empty.");
        var path = Resolved(Path.TrimEndingDirectorySeparator(Path.GetFullPath(arguments.To ?? Path.Combine("models", arguments.Name ?? NameOf(arguments.Source)))));
        var (last, before) = (Path.GetFileName(path), Path.GetFileName(Path.GetDirectoryName(path)));
        var isVersion = ModelArgument.IsVersion(last) && before is { Length: > 0 };
        if (last.StartsWith('.'))
            throw new ImportException($"--to {arguments.To}: the app ignores folders whose names begin with a dot; name another.");
        return new(path, arguments.Name ?? (isVersion ? before! : last), isVersion ? last : "1", arguments.Overwrite);
    }

    // A link stays, and what it leads to is written.
    private static string Resolved(string path)
        => Directory.Exists(path) && Directory.ResolveLinkTarget(path, returnFinalTarget: true) is { } target ? Path.TrimEndingDirectorySeparator(target.FullName) : path;

    // saved_model.pb is always called so: its folder says more.
    private static string NameOf(string source)
    {
        var path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(source));
        if (Path.GetFileName(path) is "saved_model.pb" or "checkpoint")
            path = Path.GetDirectoryName(path)!;
        var name = Path.GetFileName(path);
        if (name.IndexOf(".data-", StringComparison.Ordinal) is > 0 and var shard)
            name = name[..shard];
        // A prefix may have the number of a training step behind its ending: model.ckpt-1234.
        if (name.IndexOf(".ckpt-", StringComparison.Ordinal) is > 0 and var step)
            name = name[..step];
        foreach (var ending in Endings)
            name = name.EndsWith(ending, StringComparison.OrdinalIgnoreCase) ? name[..^ending.Length] : name;
        // TensorFlow Serving numbers its folders, below one with the model's name.
        if (ModelArgument.IsVersion(name))
            name = Path.GetFileName(Path.GetDirectoryName(path)) ?? "";
        return Fit(name) is { Length: > 0 } fit ? fit : DefaultName;
    }

    private static string Fit(string name)
    {
        var fit = new StringBuilder(name.Length);
        foreach (var letter in name)
            fit.Append(char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' or '_' ? letter : '-');
        return fit.ToString().TrimStart('.', '-', '_');
    }

    private static string CommandLine(ImportArguments arguments, ModelTarget target)
    {
        var words = new List<string> { $"dotnet run --project ModelTool -- import {Quoted(Relative(arguments.Source))}" };
        words.AddRange(arguments.Outputs.Select(output => $"--output {Quoted(output)}"));
        Add("--input", arguments.Input);
        words.AddRange(arguments.Values.Select(value => $"--set {Quoted(value)}"));
        AddListOrFile("--labels", arguments.Labels);
        Add("--name", arguments.Name);
        AddListOrFile("--preprocess", arguments.Preprocess);
        words.Add($"--to {Quoted(Relative(target.Path))}");
        return string.Join(" \\\n  ", words);

        void Add(string option, string? value)
        {
            if (value is not null)
                words.Add($"{option} {Quoted(value)}");
        }

        void AddListOrFile(string option, string? value) => Add(option, File.Exists(value) ? Relative(value) : value);
    }

    private static string Relative(string path) => Path.GetRelativePath(Environment.CurrentDirectory, path).Replace('\\', '/');

    // As a POSIX shell reads it.
    private static string Quoted(string word)
        => word.All(letter => char.IsAsciiLetterOrDigit(letter) || "_./:=,-".Contains(letter, StringComparison.Ordinal))
            ? word
            : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
