using System.Globalization;
using System.Runtime.CompilerServices;
using ClassifierFunctions.Imaging;
using ClassifierFunctions.Inference;
using ClassifierFunctions.Models;
using ClassifierFunctions.ModelTool.Images;
using ClassifierFunctions.Results;
using ClassifierFunctions.Telemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace ClassifierFunctions.ModelTool.Classify;

/// <summary>The engine with one model loaded, fed with files: some at a time, as many as keep it busy.</summary>
internal sealed class ClassifyRun : IAsyncDisposable
{
    // Whoever waits here is a file in a list, which may be long.
    private const int NoQueueLimit = 100_000;

    private readonly ServiceProvider _services;
    private readonly ImageClassifier _classifier;
    private readonly SessionLease _lease;
    private readonly PredictionOptions _options;
    private readonly int _maxImageBytes;
    private readonly int _atATime;

    private ClassifyRun(ServiceProvider services, SessionLease lease, PredictionOptions options, int maxBatchSize)
    {
        (_services, _lease, _options) = (services, lease, options);
        _classifier = services.GetRequiredService<ImageClassifier>();
        _maxImageBytes = services.GetRequiredService<IOptions<LimitsOptions>>().Value.MaxImageBytes;
        // Twice what is computed at a time: the others are read from disk meanwhile.
        _atATime = 2 * Math.Max(Environment.ProcessorCount, maxBatchSize);
    }

    /// <summary>Loads a model. Settings are those of the app, from environment variables.</summary>
    /// <exception cref="ClassifierException">The model cannot be loaded.</exception>
    public static async Task<ClassifyRun> StartAsync(ModelVersion model, PredictionOptions options, CancellationToken cancellationToken)
    {
        var services = Engine.Build(KeyValuePair.Create<string, string?>(
            $"{InferenceOptions.Section}:{nameof(InferenceOptions.MaxQueueLength)}", NoQueueLimit.ToString(CultureInfo.InvariantCulture)));
        SessionLease? lease = null;
        try
        {
            lease = services.GetRequiredService<SessionStore>().Lease(model);
            return new ClassifyRun(services, lease, options, (await lease.GetAsync(cancellationToken)).MaxBatchSize);
        }
        catch
        {
            lease?.Dispose();
            await services.DisposeAsync();
            throw;
        }
    }

    /// <summary>Classifies files. One that fails has its error as result, and the others go on.</summary>
    /// <returns>A result for each file, in the files' order.</returns>
    public async IAsyncEnumerable<ImageResult> ClassifyAsync(IReadOnlyList<string> files, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var running = new Queue<Task<ImageResult>>();
        try
        {
            foreach (var file in files)
            {
                running.Enqueue(Task.Run(() => ClassifyAsync(file, cancellationToken), cancellationToken));
                if (running.Count == _atATime)
                    yield return await running.Dequeue();
            }

            while (running.TryDequeue(out var next))
                yield return await next;
        }
        finally
        {
            // They use the session; when this one ends early, they were cancelled too.
            await Task.WhenAll(running.Cast<Task>()).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _lease.Dispose();
        await _services.DisposeAsync();
    }

    private async Task<ImageResult> ClassifyAsync(string file, CancellationToken cancellationToken)
    {
        try
        {
            var encoded = await ReadAsync(file, cancellationToken);
            var (predictions, image) = await _classifier.ClassifyAsync(_lease, encoded, _options, new StageTimings(), cancellationToken);
            return new ImageResult { FileName = file, Predictions = predictions, Image = image };
        }
        catch (ClassifierException failure)
        {
            var problem = Problem.From(failure);
            // Of a model that fails, the app logs the cause instead of telling it; here both are for the same eyes.
            return Failed(failure is { Error: ClassifierError.ModelUnavailable, InnerException.Message: var cause }
                ? problem with { Detail = $"{problem.Detail} {cause}" }
                : problem);
        }
        catch (Exception failure) when (ImageFile.IsUnreadable(failure))
        {
            return Failed(ImageFile.Unreadable(failure));
        }

        ImageResult Failed(Problem problem) => new() { FileName = file, Error = problem };
    }

    private async Task<byte[]> ReadAsync(string file, CancellationToken cancellationToken)
    {
        ImageFile.CheckLength(new FileInfo(file).Length, _maxImageBytes);
        return await File.ReadAllBytesAsync(file, cancellationToken);
    }
}
