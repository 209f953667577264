using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using ClassifierFunctions.Tests.Support;

namespace ClassifierFunctions.Tests.Contract;

/// <summary>The README's curl lines, pasted into a shell beside the app as its first command starts it, answer what the README says.</summary>
public sealed partial class ReadmeTests(ReadmeTests.ShippedApp app) : IClassFixture<ReadmeTests.ShippedApp>
{
    public static TheoryData<string, string> Examples
    {
        get
        {
            var examples = new TheoryData<string, string>();
            foreach (Match match in Example().Matches(File.ReadAllText(Path.Combine(Repository.Root, "README.md"))))
            {
                if (match.Groups["shell"].Value.Contains("curl ", StringComparison.Ordinal))
                    examples.Add(match.Groups["shell"].Value, match.Groups["json"].Value);
            }

            return examples;
        }
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public async Task Curl_AsPasted_AnswersAsPrinted(string shell, string json)
    {
        var command = shell.Replace("localhost:7071", app.Http.BaseAddress!.Authority, StringComparison.Ordinal);
        using var bash = Process.Start(new ProcessStartInfo("bash", ["-c", command]) { WorkingDirectory = Repository.Root, RedirectStandardOutput = true, RedirectStandardError = true })!;
        using var answer = JsonDocument.Parse(await bash.StandardOutput.ReadToEndAsync());
        if (json.Length > 0)
        {
            using var printed = JsonDocument.Parse(json);
            AssertSame(printed.RootElement, answer.RootElement);
        }
        else
        {
            Assert.True(answer.RootElement.TryGetProperty("predictions", out _) || answer.RootElement.TryGetProperty("results", out _));
        }
    }

    // Numbers may differ as scores do from one processor to another.
    private static void AssertSame(JsonElement printed, JsonElement answer)
    {
        Assert.Equal(printed.ValueKind, answer.ValueKind);
        switch (printed.ValueKind)
        {
            case JsonValueKind.Object:
                Assert.Equal(printed.EnumerateObject().Select(field => field.Name), answer.EnumerateObject().Select(field => field.Name));
                foreach (var field in printed.EnumerateObject())
                    AssertSame(field.Value, answer.GetProperty(field.Name));
                break;
            case JsonValueKind.Array:
                Assert.Equal(printed.GetArrayLength(), answer.GetArrayLength());
                foreach (var (one, other) in printed.EnumerateArray().Zip(answer.EnumerateArray()))
                    AssertSame(one, other);
                break;
            case JsonValueKind.Number:
                Assert.Equal(printed.GetDouble(), answer.GetDouble(), GoldenPhoto.Tolerance);
                break;
            default:
                Assert.Equal(printed.ToString(), answer.ToString());
                break;
        }
    }

    /// <summary>No settings at all, but for the emulator, which HTTP does not need.</summary>
    public sealed class ShippedApp : IAsyncLifetime
    {
        private AppProcess? _app;

        internal HttpClient Http => _app!.Http;

        public async Task InitializeAsync() => _app = await AppProcess.StartAsync(new() { ["AzureWebJobsStorage"] = "" });

        public async Task DisposeAsync() => await _app!.DisposeAsync();
    }

    [GeneratedRegex(@"```sh\n(?<shell>.*?)\n```(\n```json\n(?<json>.*?)\n```)?", RegexOptions.Singleline)]
    private static partial Regex Example();
}
