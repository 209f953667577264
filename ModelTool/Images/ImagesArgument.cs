using System.CommandLine;

namespace ClassifierFunctions.ModelTool.Images;

/// <summary>The files and folders that commands take.</summary>
internal static class ImagesArgument
{
    public static Argument<FileSystemInfo[]> Create()
        => new Argument<FileSystemInfo[]>("images")
        {
            Description = $"Image files, and folders, of which all files that end in {ImageFiles.Extensions} are taken.",
            Arity = ArgumentArity.OneOrMore,
        }.AcceptExistingOnly();
}
