using ClassifierFunctions.Inference;
using ClassifierFunctions.Models;
using ClassifierFunctions.Tests.Support;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace ClassifierFunctions.Tests.Unit.Models;

/// <summary>A models folder that changes, and a catalogue that looks at it.</summary>
public abstract class CatalogReloadTestsBase : IDisposable
{
    private readonly TemporaryFolder _temporary = new();
    private readonly SessionStore _sessions = Sessions.NewStore();

    private protected TemporaryFolder Folder => _temporary;

    public void Dispose()
    {
        _temporary.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected static async Task SettleAsync(ModelCatalog catalog)
    {
        await catalog.RefreshAsync(CancellationToken.None);
        await catalog.RefreshAsync(CancellationToken.None);
    }

    // What a request does.
    private protected static async Task LoadAsync(ModelCatalog catalog, string model)
    {
        using var lease = catalog.Lease(model, null);
        Assert.Equal(10, (await lease.GetAsync(CancellationToken.None)).Scores(new byte[28 * 28 * 4]).Length);
    }

    private protected ModelCatalog Catalog(string? path = null, SessionStore? sessions = null)
        => new(Options.Create(new ModelsOptions { Path = path ?? _temporary.Path }), sessions ?? _sessions, new HostingEnvironment { ContentRootPath = _temporary.Path }, NullLogger<ModelCatalog>.Instance);
}
