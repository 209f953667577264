using System.Globalization;

namespace ClassifierFunctions.Benchmarks.Serving;

/// <summary>Commands that ask the app over HTTP. They use all processors, which a process that they start takes over from them.</summary>
internal static class ServingCommands
{
    private static readonly TimeSpan OverloadDuration = TimeSpan.FromSeconds(20);

    /// <returns>Null when <paramref name="args"/> begin with no command of these.</returns>
    public static Task? Run(string[] args) => args switch
    {
        ["serving", .. var rest] => ServingRun.PrintAsync(Number(rest, 0, 6), TimeSpan.FromSeconds(Number(rest, 1, 8))),
        ["soak", .. var rest] => SoakRun.PrintAsync(Number(rest, 0, 20_000)),
        ["batching", .. var rest] => BatchingRun.PrintAsync(Number(rest, 0, 8), TimeSpan.FromSeconds(Number(rest, 1, 3))),
        ["overload"] => OverloadRun.PrintAsync(null, OverloadDuration),
        ["overload", var length] => OverloadRun.PrintAsync(int.Parse(length, CultureInfo.InvariantCulture), OverloadDuration),
        ["mixed", .. var rest] => MixedRun.PrintAsync(TimeSpan.FromSeconds(Number(rest, 0, 60))),
        _ => null,
    };

    private static int Number(string[] args, int position, int value)
        => args.Length > position ? int.Parse(args[position], CultureInfo.InvariantCulture) : value;
}
