namespace ClassifierFunctions.Uploads;

/// <summary>
/// Which uploads have results, asked in the order of their names: one walk over the results beside one over the uploads, with little in memory however
/// many there are.
/// </summary>
/// <remarks>
/// Results are listed by the names of blobs, and <c>a.json</c> comes after <c>a-b.json</c> although <c>a</c> comes before <c>a-b</c>: what the walk meets too
/// early is kept until it is asked for. Storage that lists in another order costs answers, never wrong ones: an upload is then found to have none.
/// </remarks>
/// <param name="results">Names of uploads with the ETag that was answered, in the order of the results' names.</param>
internal sealed class AnsweredUploads(IAsyncEnumerable<(string UploadName, string? UploadETag)> results) : IAsyncDisposable
{
    private const int MinPruned = 5000;

    private readonly IAsyncEnumerator<(string UploadName, string? UploadETag)> _results = results.GetAsyncEnumerator();
    private readonly Dictionary<string, string?> _passed = new(StringComparer.Ordinal);
    private int _pruneAt = MinPruned;
    private bool? _hasCurrent;

    /// <summary>Uploads that are remembered at the moment.</summary>
    public int Remembered => _passed.Count;

    /// <param name="uploadName">Behind the one asked for before.</param>
    /// <returns>The upload's ETag that has a result; null for none.</returns>
    public async ValueTask<string?> FindAsync(string uploadName)
    {
        _hasCurrent ??= await _results.MoveNextAsync().ConfigureAwait(false);
        while (_hasCurrent is true && string.CompareOrdinal(Key(_results.Current.UploadName), Key(uploadName)) <= 0)
        {
            _passed[_results.Current.UploadName] = _results.Current.UploadETag;
            _hasCurrent = await _results.MoveNextAsync().ConfigureAwait(false);
        }

        Prune(uploadName);
        return _passed.Remove(uploadName, out var etag) ? etag : null;
    }

    public ValueTask DisposeAsync() => _results.DisposeAsync();

    // Results of uploads that were deleted are never asked for.
    private void Prune(string uploadName)
    {
        if (_passed.Count < _pruneAt)
            return;
        foreach (var name in _passed.Keys.Where(name => string.CompareOrdinal(name, uploadName) < 0).ToArray())
            _passed.Remove(name);
        _pruneAt = Math.Max(MinPruned, 2 * _passed.Count);
    }

    private static string Key(string uploadName) => uploadName + Results.ResultStore.Extension;
}
