using System.Net;
using ClassifierFunctions.EmbeddedHost.Functions;
using ClassifierFunctions.EmbeddedHost.Http;
using ClassifierFunctions.EmbeddedHost.Triggers;
using ClassifierFunctions.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ClassifierFunctions.Tests.Unit.EmbeddedHost;

/// <summary>The route on a real listener, with functions of the tests' own.</summary>
public sealed class AdminRoutesTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly CancellationTokenSource _stopping = new();
    private readonly TaskCompletionSource<string> _run = new();
    private readonly RecordedLog _log = new();

    public void Dispose() => _stopping.Dispose();

    [Theory]
    [InlineData("Tick")]
    [InlineData("tick")]
    public async Task Post_TimerFunction_RunsItNow(string name)
    {
        await using var app = await StartAsync("UseDevelopmentStorage=true");
        var loop = Assert.Single(app.Services.GetRequiredService<TimerTriggers>().Run(CancellationToken.None, _stopping.Token));
        using var response = await PostAsync(app, name);

        Assert.Equal((HttpStatusCode.Accepted, ""), (response.StatusCode, await response.Content.ReadAsStringAsync()));
        Assert.Equal("Tick", await _run.Task.WaitAsync(Patience));
        await _stopping.CancelAsync();
        await loop.WaitAsync(Patience);
    }

    [Theory]
    [InlineData("Nothing", "UseDevelopmentStorage=true", HttpStatusCode.NotFound, "There is no function Nothing.")]
    [InlineData("Message", "UseDevelopmentStorage=true", HttpStatusCode.BadRequest, "Function Message is not a timer function. Those that can be run like this: Tick.")]
    [InlineData("Tick", "", HttpStatusCode.Conflict, "Function Tick is off, because the app setting AzureWebJobsStorage is empty.")]
    public async Task Post_CannotRun_IsAProblem(string name, string storage, HttpStatusCode status, string detail)
    {
        await using var app = await StartAsync(storage);
        using var response = await PostAsync(app, name);

        Assert.Equal((status, "application/problem+json"), (response.StatusCode, response.Content.Headers.ContentType?.MediaType));
        Assert.Equal(detail, (await response.JsonAsync()).GetProperty("detail").GetString());
        Assert.False(_run.Task.IsCompleted);
    }

    [Fact]
    public async Task Run_NoStorage_SaysThatTheTimerIsOff()
    {
        await using var app = await StartAsync("");

        Assert.Empty(app.Services.GetRequiredService<TimerTriggers>().Run(CancellationToken.None, CancellationToken.None));
        Assert.Contains((LogLevel.Warning, "Function Tick is off: the app setting AzureWebJobsStorage is empty", null), _log.Entries);
    }

    private async Task<WebApplication> StartAsync(string storage)
    {
        var functions = FunctionDiscovery.Discover([typeof(Functions)]);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Configuration.AddInMemoryCollection([KeyValuePair.Create("AzureWebJobsStorage", (string?)storage)]);
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore();
        builder.Logging.AddProvider(_log);
        builder.Services.AddSingleton(_run).AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(provider => ActivatorUtilities.CreateInstance<TimerTriggers>(provider, functions));
        var app = builder.Build();
        app.MapAdminRoutes(functions);
        await app.StartAsync();
        return app;
    }

    private static async Task<HttpResponseMessage> PostAsync(WebApplication app, string name)
    {
        using var http = new HttpClient();
        return await http.PostAsync(new Uri($"{app.Urls.Single()}/admin/functions/{name}"), null);
    }

    private sealed class Functions(TaskCompletionSource<string> run)
    {
        [Function("Tick")]
        public Task Tick([TimerTrigger("0 0 0 1 1 *")] TimerInfo timer)
        {
            run.SetResult(nameof(Tick));
            return Task.CompletedTask;
        }

        [Function("Message")]
        public Task Message([QueueTrigger("messages")] string message) => Task.FromResult(run.TrySetResult(message));
    }
}
