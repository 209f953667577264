using System.Text.Json;
using ClassifierFunctions.Tests.Support;

namespace ClassifierFunctions.Tests.EndToEnd.Faults;

/// <summary>Hundreds of real photos uploaded at once, and what their results must be.</summary>
internal sealed class UploadBurst(AzuriteFixture azurite, int count)
{
    /// <summary>Longest wait for all results: leases of a killed process run out after 30 s, and the machine may be busy.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(240);

    // Half precision of SqueezeNet: one step of a score near 1.
    private const double Tolerance = 0.001;
    private const int UploadsAtOnce = 24;
    private const int MaxPhotoBytes = 700_000;

    private static readonly string[] Folders = ["squeezenet/{0}", "squeezenet/2026/11/24/{0}", "squeezenet/mit Umlaut ä/{0}", "squeezenet/a+b & c/{0}", "{0}"];

    private readonly UploadContainer _container = new(azurite.Blobs());
    private readonly List<(string Name, string File)> _uploads = [.. Photos().Take(count).Select((file, i) => (Name(i, file), file))];
    private readonly Dictionary<string, string> _etags = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (int Index, double Score)> _expected = new(StringComparer.Ordinal);

    /// <summary>Asks the app for each photo by HTTP, which the results are compared with.</summary>
    public Task AskAsync(AppProcess app) => Parallel.ForEachAsync(_uploads.Select(upload => upload.File).Distinct(), async (file, _) =>
    {
        using var response = await app.Http.PostBytesAsync("api/classify/squeezenet", await File.ReadAllBytesAsync(file, CancellationToken.None));
        var answer = await response.EnsureSuccessStatusCode().JsonAsync();
        if (GoldenPhoto.All.FirstOrDefault(photo => Path.GetFullPath(photo.Path) == Path.GetFullPath(file)) is { } golden)
            golden.AssertMatches(answer);
        lock (_expected)
            _expected.Add(file, Best(answer));
    });

    public Task UploadAsync() => Parallel.ForEachAsync(_uploads, new ParallelOptions { MaxDegreeOfParallelism = UploadsAtOnce }, async (upload, _) =>
    {
        var etag = await _container.UploadAsync(upload.Name, await File.ReadAllBytesAsync(upload.File, CancellationToken.None));
        lock (_etags)
            _etags.Add(upload.Name, etag);
    });

    /// <summary>Results that exist now.</summary>
    public async Task<int> CountResultsAsync() => (await _container.AnsweredAsync()).Count;

    /// <summary>Waits until each upload's ETag is answered.</summary>
    public Task WaitAsync()
        => Eventually.HoldsAsync(
            async () =>
            {
                var answered = await _container.AnsweredAsync();
                return _etags.All(upload => answered.GetValueOrDefault(upload.Key + ".json") == upload.Value);
            },
            Timeout,
            $"{count} results");

    /// <summary>Checks each result, and that there is no other one.</summary>
    /// <returns>Results that were right: all of them.</returns>
    public async Task<int> AssertAllRightAsync()
    {
        Assert.Equal(count, _etags.Count);
        var (right, wrong) = (0, new List<string>());
        foreach (var (name, file) in _uploads)
        {
            var result = await _container.CurrentResultAsync(name) ?? throw new InvalidOperationException($"{name} has no result.");
            var isRight = result.GetProperty("status").ValueEquals("succeeded")
                && result.GetProperty("source").GetProperty("etag").GetString() == _etags[name]
                && result.GetProperty("source").GetProperty("name").GetString() == name
                && Best(result) is var (index, score)
                && index == _expected[file].Index && Math.Abs(score - _expected[file].Score) <= Tolerance;
            if (isRight)
                right++;
            else
                wrong.Add($"{name}: {result}");
        }

        Assert.Empty(wrong);
        Assert.Equal(count, await CountResultsAsync());
        return right;
    }

    /// <summary>Results that an app says it wrote; throws when it wrote one twice.</summary>
    public static int CountWritten(IEnumerable<AppProcess> apps)
    {
        var written = apps.SelectMany(app => app.Output.Split('\n')).Where(line => line.Contains("Upload ", StringComparison.Ordinal) && line.TrimEnd().EndsWith(": succeeded", StringComparison.Ordinal))
            .Select(line => line[line.IndexOf("Upload ", StringComparison.Ordinal)..].TrimEnd()).ToArray();
        Assert.Equal(written.Length, written.Distinct().Count());
        return written.Length;
    }

    private static (int Index, double Score) Best(JsonElement answer)
    {
        var best = answer.GetProperty("predictions")[0];
        return (best.GetProperty("index").GetInt32(), best.GetProperty("score").GetDouble());
    }

    private static string Name(int i, string file)
        => string.Format(System.Globalization.CultureInfo.InvariantCulture, Folders[i % Folders.Length], $"{i:000} {Path.GetFileName(file)}");

    // The small ones by turns, again and again.
    private static IEnumerable<string> Photos()
    {
        var files = new[] { TestData.Path("photos-plain"), TestData.Path("photos"), TestData.Path("photos", "exif-orientation"), TestData.Path("squeezenet", "photos") }
            .SelectMany(folder => Directory.GetFiles(folder).Order(StringComparer.Ordinal))
            .Where(file => Path.GetExtension(file) is ".jpg" or ".png" && new FileInfo(file).Length <= MaxPhotoBytes)
            .ToArray();
        for (var i = 0; ; i++)
            yield return files[i % files.Length];
    }
}
