using ClassifierFunctions.Inference;

namespace ClassifierFunctions.Models;

/// <summary>The entries of the next snapshot. Sessions that were created for it stay loaded until this is disposed.</summary>
internal sealed record CatalogChanges(IReadOnlyList<CatalogEntry> Entries, IReadOnlyList<SessionLease> Preloaded) : IDisposable
{
    public void Dispose()
    {
        foreach (var lease in Preloaded)
            lease.Dispose();
    }
}
