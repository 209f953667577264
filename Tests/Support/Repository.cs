using System.Reflection;

namespace ClassifierFunctions.Tests.Support;

/// <summary>Where things are on this machine, as the build saw them.</summary>
internal static class Repository
{
    public static string Root { get; } = Metadata("RepositoryRoot");

    public static string Configuration { get; } = Metadata("Configuration");

    public static bool IsSkia { get; } = Metadata("ImageCodec") == "skia";

    /// <summary>The program that a project builds, to be run with <c>dotnet</c>.</summary>
    public static string Program(string project) => Path.Combine(Root, project, "bin", Configuration, "net10.0", project + ".dll");

    private static string Metadata(string key)
        => typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!;
}
