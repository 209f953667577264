using System.Diagnostics;
using System.Globalization;
using ClassifierFunctions.Imaging;
using ClassifierFunctions.Inference;
using ClassifierFunctions.Models;
using ClassifierFunctions.Results;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.ML.OnnxRuntime;

namespace ClassifierFunctions.ModelTool.Verify;

/// <summary>Loads a model folder as the app would, runs it on pictures of our own, and says what is wrong with it.</summary>
/// <remarks>
/// 1. Files and their pins.
/// 2. Labels and preprocessing.
/// 3. A session.
/// 4. Its scores.
/// What needs a step that failed is left out.
/// </remarks>
internal static class ModelVerification
{
    private const int NamedLabels = 3;

    /// <exception cref="OptionsValidationException">A setting of the app is wrong.</exception>
    public static IReadOnlyList<Check> Run(string folder, CancellationToken cancellationToken)
    {
        // :: Step 1
        var checks = new List<Check>();
        var (name, version, path) = ModelArgument.Locate(folder);
        checks.AddRange(Pins(path));
        if (checks.Any(check => check.Outcome == CheckOutcome.Failed))
            return checks;
        ModelVersion model;
        try
        {
            model = ModelFolder.Read(name, version, path);
            checks.Add(Check.Ok("folder", $"{model.Format}, {model.Parameters:N0} parameters, {model.Bytes:N0} bytes"));
        }
        catch (ModelFormatException unusable)
        {
            checks.Add(Check.Failed("folder", unusable.Message));
            return checks;
        }

        // :: Step 2
        checks.Add(Labels(model.Labels));
        checks.Add(Preprocessing(model));
        // :: Steps 3 and 4
        checks.AddRange(Session(model, cancellationToken));
        return checks;
    }

    private static IEnumerable<Check> Pins(string folder)
    {
        var pins = new[] { folder, Path.Combine(folder, "onnx") }
            .Where(Directory.Exists)
            .SelectMany(path => Directory.EnumerateFiles(path, $"*{ModelPin.Extension}"))
            .ToArray();
        foreach (var onnx in pins.Select(pin => Path.GetDirectoryName(pin)!).Distinct().SelectMany(path => Directory.EnumerateFiles(path, "*.onnx")))
        {
            string? failure = null;
            try
            {
                ModelPin.Verify(onnx);
            }
            catch (Exception wrong) when (wrong is ModelFormatException or IOException or UnauthorizedAccessException)
            {
                failure = wrong.Message;
            }

            yield return failure is null
                ? Check.Ok("pin", $"the files are those that {string.Join(", ", pins.Select(Path.GetFileName))} pins")
                : Check.Failed("pin", failure);
        }

        if (pins.Length == 0)
            yield return Check.Ok("pin", "no file is pinned");
    }

    private static Check Labels(IReadOnlyList<string> labels)
    {
        var empty = labels.TakeWhile(label => !string.IsNullOrWhiteSpace(label)).Count();
        if (empty < labels.Count)
            return Check.Failed("labels", $"label {empty} is empty; every class needs a name");
        var twice = labels.Select((label, index) => (label, index)).GroupBy(pair => pair.label).Where(group => group.Count() > 1).ToArray();
        if (twice.Length == 0)
            return Check.Ok("labels", $"{labels.Count}: {string.Join(", ", labels.Take(NamedLabels))}{(labels.Count > NamedLabels ? ", …" : "")}");
        // ImageNet itself has two cranes.
        var names = twice.Take(NamedLabels).Select(group => $"\"{group.Key}\" is the name of {string.Join(" and ", group.Select(pair => pair.index))}");
        return Check.Warning("labels", $"{labels.Count}, but {string.Join("; ", names)}: answers tell them apart by index only");
    }

    private static Check Preprocessing(ModelVersion model)
    {
        var (config, input) = (model.Preprocessing, model.Input);
        var size = config.OutputSize!.Value;
        if (config.Mean is { Count: > 1 } mean && mean.Count != input.Channels)
            return Check.Failed("preprocessing", $"there are {mean.Count} means, but the input has one channel; give one mean and one deviation");
        if (config.FlipChannelOrder && input.Channels == 1)
            return Check.Failed("preprocessing", "do_flip_channel_order is true, but the input has one channel");
        if (model.Assumption is { } assumption)
            return Check.Warning("preprocessing", assumption);
        var order = input.Channels == 1 ? "grey" : config.FlipChannelOrder ? "BGR" : "RGB";
        return Check.Ok("preprocessing", $"{size.Width} x {size.Height}, {order}, {input.Element}, as input {input.Name} wants it");
    }

    private static List<Check> Session(ModelVersion model, CancellationToken cancellationToken)
    {
        var checks = new List<Check>();
        using var services = Engine.Build();
        try
        {
            var started = Stopwatch.GetTimestamp();
            using var run = new TrialRun(model, services.GetRequiredService<IOptions<InferenceOptions>>().Value);
            checks.Add(Check.Ok("session", string.Create(
                CultureInfo.InvariantCulture, $"loaded on {run.Provider.Name} in {Stopwatch.GetElapsedTime(started).TotalMilliseconds:0} ms")));
            var decoder = services.GetRequiredService<IImageDecoder>();
            byte[][] pictures = [.. SyntheticPicture.All.Select(picture => run.Preprocess(decoder, picture, cancellationToken))];
            checks.AddRange(ScoreChecks.Run(model, run, pictures, cancellationToken));
        }
        catch (Exception failure) when (failure is ClassifierException or OnnxRuntimeException)
        {
            // Its own message is meant for callers of the app, who shall not see more.
            var reason = (failure.InnerException ?? failure).Message.ReplaceLineEndings(" ");
            checks.Add(Check.Failed(checks.Count == 0 ? "session" : "run", reason));
        }

        return checks;
    }
}
