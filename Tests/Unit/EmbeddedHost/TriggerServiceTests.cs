using ClassifierFunctions.EmbeddedHost.Functions;
using ClassifierFunctions.EmbeddedHost.Hosting;
using ClassifierFunctions.EmbeddedHost.Triggers;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging.Abstractions;

namespace ClassifierFunctions.Tests.Unit.EmbeddedHost;

public sealed class TriggerServiceTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task StartAsync_OneOfTwoLoopsEnds_StopsTheHost()
    {
        // Nothing listens there: both loops wait, by a clock that breaks the first wait and never ends another.
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create("AzureWebJobsStorage", (string?)
            "DefaultEndpointsProtocol=http;AccountName=a;AccountKey=AAAA;BlobEndpoint=http://127.0.0.1:1/a;QueueEndpoint=http://127.0.0.1:1/a;")]).Build();
        var functions = FunctionDiscovery.Discover([typeof(Functions)]);
        var hostJson = new HostJson { Logging = configuration };
        await using var services = new ServiceCollection()
            .AddLogging()
            .AddSingleton<IConfiguration>(configuration)
            .AddSingleton(hostJson)
            .AddSingleton<TimeProvider>(new BreakingTime())
            .AddSingleton<IHostApplicationLifetime>(new ApplicationLifetime(NullLogger<ApplicationLifetime>.Instance))
            .AddTriggers(functions)
            .BuildServiceProvider();
        var stopped = new TaskCompletionSource();
        services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.Register(stopped.SetResult);
        var service = Assert.Single(services.GetServices<IHostedService>());

        await service.StartAsync(CancellationToken.None);

        await stopped.Task.WaitAsync(Patience);
        await service.StopAsync(CancellationToken.None);
    }

    private sealed class BreakingTime : TimeProvider
    {
        private int _waits;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
            => Interlocked.Increment(ref _waits) == 1
                ? throw new InvalidTimeZoneException("broken")
                : base.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    private sealed class Functions
    {
        [Function("One")]
        public Task One([QueueTrigger("one")] string message) => Task.FromResult(message);

        [Function("Two")]
        public Task Two([QueueTrigger("two")] string message) => Task.FromResult(message);
    }
}
