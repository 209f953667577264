namespace ClassifierFunctions.ModelTool;

/// <summary>What the program ends with, beside 0 and 1.</summary>
internal static class ExitCode
{
    /// <summary>What shells make of a program that Ctrl+C ended: 128 and the signal's number.</summary>
    public const int Interrupted = 130;
}
