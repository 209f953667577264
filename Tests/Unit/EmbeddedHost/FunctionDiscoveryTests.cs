using ClassifierFunctions.Configuration;
using ClassifierFunctions.EmbeddedHost.Functions;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;

namespace ClassifierFunctions.Tests.Unit.EmbeddedHost;

public sealed class FunctionDiscoveryTests
{
    [Theory]
    [InlineData(typeof(NoTrigger), "has 0 triggers")]
    [InlineData(typeof(TwoTriggers), "has 2 triggers")]
    [InlineData(typeof(WrongTriggerType), "must be a String")]
    [InlineData(typeof(WrongTimerType), "must be a TimerInfo")]
    [InlineData(typeof(WrongParameter), "can bind parameter count only as string or CancellationToken")]
    [InlineData(typeof(WrongReturn), "must return Task")]
    [InlineData(typeof(SameNames), "Two functions are named Same")]
    public void Discover_WhatCannotBeCalled_StopsTheStart(Type type, string reason)
        => Assert.Contains(reason, Assert.Throws<StartupException>(() => FunctionDiscovery.Discover([type])).Message, StringComparison.Ordinal);

    [Fact]
    public async Task InvokeAsync_DiscoveredFunction_BindsTriggerNamesTokenAndServices()
    {
        var function = Assert.Single(FunctionDiscovery.Discover([typeof(Good)]));
        var services = new ServiceCollection().AddSingleton<List<string>>().BuildServiceProvider();
        using var cancellation = new CancellationTokenSource();
        await new FunctionInvoker(function).InvokeAsync(services, "message", new Dictionary<string, string?> { ["id"] = "7" }, cancellation.Token);

        Assert.Equal(["message 7  True", "disposed"], services.GetRequiredService<List<string>>());
    }

    [Fact]
    public async Task InvokeAsync_FunctionThrows_ThrowsItsException()
    {
        var function = Assert.Single(FunctionDiscovery.Discover([typeof(Throwing)]));

        await Assert.ThrowsAsync<InvalidTimeZoneException>(
            () => new FunctionInvoker(function).InvokeAsync(new ServiceCollection().BuildServiceProvider(), "", new Dictionary<string, string?>(), CancellationToken.None));
    }

    private sealed class NoTrigger
    {
        [Function("F")]
        public Task Run(string message) => Task.FromResult(message);
    }

    private sealed class TwoTriggers
    {
        [Function("F")]
        public Task Run([QueueTrigger("a")] string a, [QueueTrigger("b")] string b) => Task.FromResult(a + b);
    }

    private sealed class WrongTriggerType
    {
        [Function("F")]
        public Task Run([QueueTrigger("a")] int message) => Task.FromResult(message);
    }

    private sealed class WrongTimerType
    {
        [Function("F")]
        public Task Run([TimerTrigger("0 */5 * * * *")] DateTime timer) => Task.FromResult(timer);
    }

    private sealed class WrongParameter
    {
        [Function("F")]
        public Task Run([QueueTrigger("a")] string message, int count) => Task.FromResult(message + count);
    }

    private sealed class WrongReturn
    {
        [Function("F")]
        public string Run([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request) => request.Path;
    }

    private sealed class SameNames
    {
        [Function("Same")]
        public Task One([QueueTrigger("a")] string message) => Task.FromResult(message);

        [Function("same")]
        public Task Two([QueueTrigger("b")] string message) => Task.FromResult(message);
    }

    private sealed class Good(List<string> log) : IDisposable
    {
        [Function("Good")]
        public async Task Run([QueueTrigger("a")] string message, string id, string? missing, CancellationToken cancellationToken)
        {
            await Task.Yield();
            log.Add($"{message} {id} {missing} {cancellationToken.CanBeCanceled}");
        }

        public void Dispose() => log.Add("disposed");
    }

    private sealed class Throwing
    {
        [Function("Throwing")]
        public Task Run([QueueTrigger("a")] string message) => throw new InvalidTimeZoneException(message);
    }
}
