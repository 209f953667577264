namespace ClassifierFunctions.Training;

/// <summary>What the <c>train</c> command was asked for.</summary>
internal sealed record TrainOptions
{
    public required IReadOnlyList<DirectoryInfo> Photos { get; init; }

    /// <summary>Photos that are bad by nature: not trained on, but asked at the end. Null for none.</summary>
    public FileInfo? NaturallyBad { get; init; }

    /// <summary>What the photos are, in words.</summary>
    public string About { get; init; } = "ordinary photos";

    /// <summary>Model folder to write; replaced if it is one already, refused if it holds anything else.</summary>
    public required DirectoryInfo To { get; init; }

    public required int Seed { get; init; }

    /// <summary>Number of degraded pictures to learn from.</summary>
    public required int Samples { get; init; }

    /// <summary>Number of drawn scenes to learn from, beside the photos.</summary>
    public required int Scenes { get; init; }

    /// <summary>How often each is seen.</summary>
    public required int Epochs { get; init; }

    /// <summary>Threads of the training steps. Sums in another order round otherwise, so that the result is the same only for the same number.</summary>
    public required int Threads { get; init; }

    /// <summary>The command line that asks for the same, in the folder where this run was started.</summary>
    public string Command
    {
        get
        {
            var words = new List<string> { $"dotnet run -c Release --project Training -- train {string.Join(' ', Photos.Select(Relative))}" };
            if (NaturallyBad is not null)
                words.Add($"--naturally-bad {Relative(NaturallyBad)}");
            words.Add($"--about {Quoted(About)}");
            words.Add($"--to {Relative(To)} --seed {Seed} --samples {Samples} --scenes {Scenes} --epochs {Epochs} --threads {Threads}");
            return string.Join(" \\\n  ", words);
        }
    }

    private static string Relative(FileSystemInfo path) => Quoted(Path.GetRelativePath(Environment.CurrentDirectory, path.FullName).Replace('\\', '/'));

    // As a POSIX shell reads it.
    private static string Quoted(string word)
        => word.All(letter => char.IsAsciiLetterOrDigit(letter) || "_./:=-".Contains(letter, StringComparison.Ordinal))
            ? word
            : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
