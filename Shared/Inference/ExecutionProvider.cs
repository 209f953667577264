namespace ClassifierFunctions.Inference;

/// <summary>What runs a session.</summary>
/// <param name="Name"><c>CPU</c> or <c>CUDA</c>.</param>
/// <param name="Reason">Why it is that one.</param>
public sealed record ExecutionProvider(string Name, string Reason)
{
    public const string Cpu = "CPU";
    public const string Cuda = "CUDA";
}
