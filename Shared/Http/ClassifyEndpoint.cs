using ClassifierFunctions.Inference;
using ClassifierFunctions.Models;
using ClassifierFunctions.Results;
using ClassifierFunctions.Telemetry;
using Microsoft.AspNetCore.Http;

namespace ClassifierFunctions.Http;

/// <summary>Answers a request for classification: one image or several.</summary>
public sealed class ClassifyEndpoint
{
    private readonly ModelCatalog _catalog;
    private readonly ImageClassifier _classifier;
    private readonly ImageRequestReader _reader;

    internal ClassifyEndpoint(ModelCatalog catalog, ImageClassifier classifier, ImageRequestReader reader)
        => (_catalog, _classifier, _reader) = (catalog, classifier, reader);

    /// <param name="request">The request.</param>
    /// <param name="modelName">From the path; null for the default model.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="ClassifierException">The answer is a problem.</exception>
    public async Task<IResult> ClassifyAsync(HttpRequest request, string? modelName, CancellationToken cancellationToken)
    {
        // What the address says is checked first: no body is read for a model that does not exist, or that cannot take another image now.
        using var lease = _catalog.Lease(modelName, ClassifyQuery.Version(request.Query));
        _classifier.ThrowIfOverloaded(lease.Model);
        var options = ClassifyQuery.Options(request.Query);
        var timings = new StageTimings();
        using var images = await _reader.ReadAsync(request, cancellationToken).ConfigureAwait(false);
        try
        {
            return images.IsList
                ? await ClassifyListAsync(request.HttpContext, lease, images.Items, options, timings, cancellationToken).ConfigureAwait(false)
                : await ClassifyOneAsync(lease, images.Items[0], options, timings, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            if (!cancellationToken.IsCancellationRequested && timings.ServerTiming() is { Length: > 0 } serverTiming)
                request.HttpContext.Response.Headers["Server-Timing"] = serverTiming;
        }
    }

    private async Task<IResult> ClassifyOneAsync(
        SessionLease lease, RequestImage image, PredictionOptions options, StageTimings timings, CancellationToken cancellationToken)
    {
        if (image.Bytes is null)
            throw image.Failure!;
        var (predictions, info) = await _classifier.ClassifyAsync(lease, image.Bytes.Memory, options, timings, cancellationToken).ConfigureAwait(false);
        return ApiResult.Ok(new ClassificationResult(lease.Model.Model, lease.Model.Version, predictions, info));
    }

    private async Task<IResult> ClassifyListAsync(
        HttpContext context, SessionLease lease, IReadOnlyList<RequestImage> images, PredictionOptions options, StageTimings timings, CancellationToken cancellationToken)
    {
        var results = new ImageResult[images.Count];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, images.Count, parallel, async (i, cancellation) =>
            results[i] = await ClassifyItemAsync(lease, images[i], options, timings, cancellation).ConfigureAwait(false)).ConfigureAwait(false);

        if (results.Any(result => result.Error is null))
            return ApiResult.Ok(new BatchResult(lease.Model.Model, lease.Model.Version, results));
        // None succeeded: their common status, or the one for images that cannot be processed.
        var first = results[0].Error!;
        var common = results.All(result => result.Error!.Status == first.Status)
            ? first
            : Problem.From(ClassifierError.UndecodableImage, first.Detail);
        return ApiResult.Problem(context, common with { Detail = "No image of the request could be classified; results says why, image by image.", Results = results });
    }

    private async Task<ImageResult> ClassifyItemAsync(
        SessionLease lease, RequestImage image, PredictionOptions options, StageTimings timings, CancellationToken cancellationToken)
    {
        try
        {
            if (image.Bytes is null)
                throw image.Failure!;
            var (predictions, info) = await _classifier.ClassifyAsync(lease, image.Bytes.Memory, options, timings, cancellationToken).ConfigureAwait(false);
            return new ImageResult { FileName = image.FileName, Predictions = predictions, Image = info };
        }
        catch (ClassifierException failure)
        {
            return new ImageResult { FileName = image.FileName, Error = Problem.From(failure) };
        }
    }
}
