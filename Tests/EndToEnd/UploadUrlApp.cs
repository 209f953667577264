using ClassifierFunctions.Tests.Support;

namespace ClassifierFunctions.Tests.EndToEnd;

/// <summary>One app beside the emulator, for all tests of a class.</summary>
public sealed class UploadUrlApp(AzuriteFixture azurite) : IAsyncLifetime
{
    private AppProcess? _app;

    internal AppProcess App => _app!;

    internal HttpClient Http => App.Http;

    public async Task InitializeAsync()
        => _app = await AppProcess.StartAsync(new()
        {
            ["Models__Path"] = TestData.Folder,
            ["Models__Default"] = "squeezenet",
            ["AzureWebJobsStorage"] = azurite.ConnectionString,
            ["Async__UploadUrlMinutes"] = "7",
        });

    public async Task DisposeAsync() => await App.DisposeAsync();
}
