using System.Diagnostics;
using ClassifierFunctions.Results;

namespace ClassifierFunctions.Telemetry;

/// <summary>
/// One image on its way through the engine. Disposing it counts the image and ends its activity, which is null unless somebody listens. An image
/// of which nothing else was said failed with <see cref="ClassifierError.Internal"/>.
/// </summary>
/// <remarks>Tags of the activity: <c>model</c>, <c>version</c>, <c>outcome</c>, <c>batch.size</c>, and per stage those that <see cref="StageTimings"/> adds.</remarks>
public sealed class ImageMeasurement : IDisposable
{
    private const string Success = "succeeded";
    private const string Cancellation = "cancelled";

    private readonly Activity? _activity;
    private readonly string _model;
    private string _outcome = nameof(ClassifierError.Internal);

    internal ImageMeasurement(Activity? activity, string model, string version)
    {
        (_activity, _model) = (activity, model);
        _activity?.SetTag("model", model).SetTag("version", version);
    }

    public void Succeeded() => _outcome = Success;

    /// <summary>The client went away: neither a success nor an error.</summary>
    public void Cancelled() => _outcome = Cancellation;

    public void Failed(ClassifierError error) => _outcome = error.ToString();

    /// <summary>Says in how large a batch the model ran this image; 1 is alone.</summary>
    public void Batched(int size) => _activity?.SetTag("batch.size", size);

    public void Dispose()
    {
        ClassifierTelemetry.Images.Add(1, new("model", _model), new("outcome", _outcome));
        if (_activity is null)
            return;
        _activity.SetTag("outcome", _outcome);
        if (_outcome is not (Success or Cancellation))
            _activity.SetStatus(ActivityStatusCode.Error, _outcome);
        _activity.Dispose();
    }
}
