using ClassifierFunctions.Results;

namespace ClassifierFunctions.ModelTool.Upload;

/// <summary>What became of each file so far. Several threads report; results leave in the files' order.</summary>
/// <param name="count">Files.</param>
/// <param name="add">Takes each result, never two at a time.</param>
/// <param name="uploaded">Called once per file that is uploaded or cannot be.</param>
/// <param name="answered">Called once per file that has its result, or will have none.</param>
/// <param name="time">Clock.</param>
internal sealed class UploadBatch(int count, Action<ImageResult> add, Action uploaded, Action answered, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, (UploadFile File, string ETag)> _missing = new(StringComparer.Ordinal);
    private readonly ImageResult?[] _results = new ImageResult?[count];
    private readonly List<(string Model, string Version)> _models = [];
    private int _added;
    private int _uploaded;
    private long _lastNews = time.GetTimestamp();

    /// <summary>Files that are in the uploads container.</summary>
    public int Uploaded
    {
        get
        {
            lock (_lock)
                return _uploaded;
        }
    }

    /// <summary>Uploads without a result.</summary>
    public int Missing
    {
        get
        {
            lock (_lock)
                return _missing.Count;
        }
    }

    /// <summary>The results so far, in the files' order.</summary>
    public IReadOnlyList<ImageResult> Results
    {
        get
        {
            lock (_lock)
                return [.. _results.OfType<ImageResult>()];
        }
    }

    /// <summary>The models and versions that answered.</summary>
    public IReadOnlyList<(string Model, string Version)> Models
    {
        get
        {
            lock (_lock)
                return [.. _models];
        }
    }

    /// <summary>Since the last upload or result.</summary>
    public TimeSpan Quiet => time.GetElapsedTime(Interlocked.Read(ref _lastNews));

    public void AddUpload(UploadFile file, string etag)
    {
        lock (_lock)
        {
            _uploaded++;
            _missing.Add(file.BlobName, (file, etag));
        }

        News(uploaded);
    }

    /// <summary>A file that was not uploaded.</summary>
    public void AddFailure(UploadFile file, Problem problem)
    {
        Add(file, new ImageResult { FileName = file.Path, Error = problem });
        News(uploaded);
        News(answered);
    }

    /// <summary>The upload that a result answers, when it is of this batch and was not answered before.</summary>
    public UploadFile? FindMissing(string blobName, string? etag)
    {
        lock (_lock)
            return _missing.TryGetValue(blobName, out var upload) && upload.ETag == etag ? upload.File : null;
    }

    public void AddResult(UploadFile file, UploadResult result)
    {
        lock (_lock)
        {
            if (result is { Model: { } model, Version: { } version } && !_models.Contains((model, version)))
                _models.Add((model, version));
        }

        AddResult(file, new ImageResult { FileName = file.Path, Predictions = result.Predictions, Image = result.Image, Error = result.Error });
    }

    public void AddInvalidResult(UploadFile file, string reason)
        => AddResult(file, new ImageResult { FileName = file.Path, Error = StorageProblem.InvalidResult(reason) });

    /// <summary>Nobody waits any longer: what is missing fails.</summary>
    /// <returns>How many that are.</returns>
    public int GiveUp()
    {
        UploadFile[] missing;
        lock (_lock)
            missing = [.. _missing.Values.Select(upload => upload.File)];
        foreach (var file in missing)
            AddResult(file, new ImageResult { FileName = file.Path, Error = StorageProblem.NoResult() });
        return missing.Length;
    }

    private void AddResult(UploadFile file, ImageResult result)
    {
        Add(file, result);
        News(answered);
    }

    private void Add(UploadFile file, ImageResult result)
    {
        lock (_lock)
        {
            _missing.Remove(file.BlobName);
            _results[file.Index] = result;
            for (; _added < _results.Length && _results[_added] is { } next; _added++)
                add(next);
        }
    }

    private void News(Action advance)
    {
        Interlocked.Exchange(ref _lastNews, time.GetTimestamp());
        advance();
    }
}
