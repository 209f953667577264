using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using ClassifierFunctions.Inference;
using ClassifierFunctions.Tests.Support;
using ClassifierFunctions.Tests.Support.TensorFlow.AlexNet;
using ClassifierFunctions.Tests.Unit.Imaging;
using Microsoft.ML.OnnxRuntime;
using Xunit.Abstractions;

namespace ClassifierFunctions.Tests.EndToEnd;

/// <summary>The network of this project's ancestor: 748 MB after training, of which a third is needed.</summary>
[Collection(nameof(AloneCollection))]
public sealed partial class ImportAlexNetTests(ITestOutputHelper output)
{
    private const long Weights = 62_378_344L * sizeof(float);

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(10);

    [Fact]
    public async Task Import_AlexNetWithAdam_IsAThirdInLessThanTwiceItsMemory()
    {
        using var folder = new TemporaryFolder();
        var prefix = AlexNetCheckpoint.Write(folder.Path);
        var to = Path.Combine(folder.Path, "models", "alexnet");

        var (table, peak) = await ImportAsync(prefix, to);

        var (before, after) = (new FileInfo($"{prefix}.data-00000-of-00001").Length, new FileInfo(Path.Combine(to, "model.onnx")).Length);
        (string, long)[] layers =
        [
            ("conv1", 34_944), ("conv2", 614_656), ("conv3", 885_120), ("conv4", 1_327_488), ("conv5", 884_992),
            ("fc6", 37_752_832), ("fc7", 16_781_312), ("fc8", 4_097_000), ("total", 62_378_344),
        ];
        Assert.Equal(layers, Parameters(table));
        Assert.InRange((double)after / before, 0.33, 0.34);
        Assert.InRange(peak, Weights, 2 * Weights);
        AssertIsReference(Path.Combine(to, "model.onnx"));
    }

    private async Task<(string Output, long PeakMemory)> ImportAsync(string prefix, string to)
    {
        var start = Stopwatch.GetTimestamp();
        await using var tool = ModelToolProcess.Start("import", prefix, "--to", to);
        var text = tool.Output.ReadToEndAsync();
        var exit = tool.WaitForExitAsync();
        // The peak never falls: the last look misses no more than the last moments.
        long peak = 0;
        while (await Task.WhenAny(exit, Task.Delay(Interval)) != exit)
            peak = Math.Max(peak, tool.PeakMemory());
        var (exitCode, error) = await exit;
        Assert.True(exitCode == 0, error);
        output.WriteLine($"{Stopwatch.GetElapsedTime(start).TotalSeconds:0.0} s, {peak:N0} bytes of memory\n{await text}");
        return (await text, peak);
    }

    // The first and the last column of the table.
    private static IEnumerable<(string, long)> Parameters(string output)
        => TableRow().Matches(output).Select(row => (row.Groups[1].Value, long.Parse(row.Groups[2].Value, NumberStyles.AllowThousands, CultureInfo.InvariantCulture)));

    private static void AssertIsReference(string onnx)
    {
        var image = AlexNet.Image();
        var expected = AlexNetReference.Run(image);
        Assert.InRange(expected.Max(), 0.1, 0.9);
        using var options = OnnxEnvironment.CreateSessionOptions();
        using var session = new InferenceSession(onnx, options);
        using var input = OrtValue.CreateTensorValueFromMemory(image, [1, AlexNet.Side, AlexNet.Side, AlexNet.Channels]);
        using var runOptions = new RunOptions();
        using var results = session.Run(runOptions, ["x"], [input], ["y_pred"]);
        var actual = results[0].GetTensorDataAsSpan<float>();
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++)
            Assert.InRange(actual[i], expected[i] - 1e-4, expected[i] + 1e-4);
    }

    [GeneratedRegex(@"^│ (conv\d|fc\d|total) .* ([\d,]+) │\r?$", RegexOptions.Multiline)]
    private static partial Regex TableRow();
}
