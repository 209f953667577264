namespace ClassifierFunctions.ModelTool.Verify;

/// <summary>One thing looked at in a model folder.</summary>
/// <param name="Name">What was looked at.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Detail">What was found; of a failure, the reason and what to do.</param>
internal sealed record Check(string Name, CheckOutcome Outcome, string Detail)
{
    public static Check Ok(string name, string detail) => new(name, CheckOutcome.Ok, detail);

    public static Check Warning(string name, string detail) => new(name, CheckOutcome.Warning, detail);

    public static Check Failed(string name, string detail) => new(name, CheckOutcome.Failed, detail);
}
