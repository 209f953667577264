namespace ClassifierFunctions.Http;

/// <summary>The answer of <c>GET /api/results/{id}</c> while there is no result.</summary>
/// <param name="Id">The upload's.</param>
/// <param name="Status">Always <see cref="Pending"/>.</param>
/// <param name="Uploaded">True when the image is there, and waits for its turn.</param>
internal sealed record PendingResult(string Id, string Status, bool Uploaded)
{
    public const string Pending = "pending";
}
