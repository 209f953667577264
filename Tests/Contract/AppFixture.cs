using ClassifierFunctions.Tests.Support;

namespace ClassifierFunctions.Tests.Contract;

/// <summary>One app for all contract tests: the real test models, HTTP only.</summary>
public sealed class AppFixture : IAsyncLifetime
{
    private AppProcess? _app;

    internal AppProcess App => _app!;

    internal HttpClient Http => _app!.Http;

    public async Task InitializeAsync()
        => _app = await AppProcess.StartAsync(new() { ["Models__Path"] = TestData.Folder, ["AzureWebJobsStorage"] = "" });

    public async Task DisposeAsync() => await _app!.DisposeAsync();
}
