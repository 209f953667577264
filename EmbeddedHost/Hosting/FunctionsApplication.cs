namespace Microsoft.Azure.Functions.Worker.Builder;

/// <summary>Entry point of the same name as the official worker's, so that one <c>Program.cs</c> serves both hosts.</summary>
public static class FunctionsApplication
{
    public static FunctionsApplicationBuilder CreateBuilder(string[] args) => new(args);
}
