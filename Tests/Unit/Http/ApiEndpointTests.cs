using ClassifierFunctions.Http;
using ClassifierFunctions.Results;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.DependencyInjection;

namespace ClassifierFunctions.Tests.Unit.Http;

public sealed class ApiEndpointTests
{
    [Fact]
    public async Task HandleAsync_ClientGoesAway_CancelsTheWorkAndWritesNothing()
    {
        using var aborted = new CancellationTokenSource();
        var context = Context(aborted.Token);
        var result = await ApiEndpoint.HandleAsync(context.Request, HttpMethods.Post, async cancellation =>
        {
            await aborted.CancelAsync();
            await Task.Delay(Timeout.Infinite, cancellation);
            throw new InvalidOperationException("not reached");
        }, CancellationToken.None);

        Assert.IsType<EmptyHttpResult>(result);
        Assert.Empty(context.Response.Headers);
    }

    [Fact]
    public async Task HandleAsync_HostStops_AnswersThatItMayBeTriedAgain()
    {
        using var stopping = new CancellationTokenSource();
        var context = Context(CancellationToken.None);
        var result = await ApiEndpoint.HandleAsync(context.Request, HttpMethods.Post, async cancellation =>
        {
            await stopping.CancelAsync();
            await Task.Delay(Timeout.Infinite, cancellation);
            throw new InvalidOperationException("not reached");
        }, stopping.Token);

        Assert.Equal(503, Assert.IsType<JsonHttpResult<Problem>>(result).StatusCode);
        Assert.Equal("1", context.Response.Headers.RetryAfter);
    }

    [Fact]
    public async Task HandleAsync_UnexpectedException_Is500WithoutInternals()
    {
        var result = await ApiEndpoint.HandleAsync(
            Context(CancellationToken.None).Request, HttpMethods.Post, _ => throw new InvalidOperationException("secret"), CancellationToken.None);

        var problem = Assert.IsType<JsonHttpResult<Problem>>(result).Value!;
        Assert.Equal((500, "urn:classifier-functions:internal"), (problem.Status, problem.Type));
        Assert.DoesNotContain("secret", problem.Detail, StringComparison.Ordinal);
    }

    private static DefaultHttpContext Context(CancellationToken aborted)
    {
        var context = new DefaultHttpContext { RequestServices = new ServiceCollection().AddLogging().BuildServiceProvider(), RequestAborted = aborted };
        context.Request.Method = HttpMethods.Post;
        return context;
    }
}
