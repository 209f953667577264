using System.Diagnostics;
using System.Text;

namespace ClassifierFunctions.Tests.Support;

/// <summary><c>docs/upload-result.schema.json</c>, asked by Ajv on Node.js.</summary>
internal static class ResultSchema
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);

    public static string Path { get; } = System.IO.Path.Combine(Repository.Root, "docs", "upload-result.schema.json");

    /// <summary>What is wrong with each document; empty where nothing is.</summary>
    /// <param name="documents">JSON without line breaks.</param>
    public static async Task<IReadOnlyList<string>> FindErrorsAsync(IReadOnlyCollection<string> documents)
    {
        await NodePackages.InstallAsync();
        using var node = Process.Start(new ProcessStartInfo("node", [System.IO.Path.Combine(Repository.Root, "Tests", "Support", "validate.mjs"), Path])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            StandardOutputEncoding = Encoding.UTF8,
        })!;
        using var timeout = new CancellationTokenSource(Timeout);
        var output = node.StandardOutput.ReadToEndAsync(timeout.Token);
        var error = node.StandardError.ReadToEndAsync(timeout.Token);
        try
        {
            await node.StandardInput.WriteAsync(string.Concat(documents.Select(document => document + "\n")));
            node.StandardInput.Close();
            await node.WaitForExitAsync(timeout.Token);
            Assert.True(node.ExitCode == 0, $"Node.js ended with {node.ExitCode}: {await error}");
            // Ajv says here what it thinks is careless in the schema.
            Assert.Equal("", await error);
            var errors = (await output).Split('\n')[..^1];
            Assert.Equal(documents.Count, errors.Length);
            return errors;
        }
        finally
        {
            if (!node.HasExited)
                node.Kill(entireProcessTree: true);
        }
    }

    /// <summary>Checks that the schema finds nothing wrong.</summary>
    public static async Task AssertValidAsync(params string[] documents)
        => Assert.All((await FindErrorsAsync(documents)).Zip(documents), answer => Assert.True(answer.First.Length == 0, $"{answer.First}: {answer.Second}"));
}
