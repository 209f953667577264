using System.Net;
using ClassifierFunctions.Tests.Support;

namespace ClassifierFunctions.Tests.Contract;

/// <summary>The host's own route, in the app.</summary>
[Collection(nameof(ContractCollection))]
public sealed class AdminTests(AppFixture app)
{
    [Theory]
    [InlineData("NoSuchFunction", HttpStatusCode.NotFound)]
    [InlineData("Classify", HttpStatusCode.BadRequest)]
    public async Task RunFunction_NoTimerFunction_IsAProblem(string name, HttpStatusCode status)
    {
        using var response = await app.Http.PostAsync(new Uri($"admin/functions/{name}", UriKind.Relative), null);

        Assert.Equal((status, "application/problem+json"), (response.StatusCode, response.Content.Headers.ContentType?.MediaType));
        Assert.Contains(name, (await response.JsonAsync()).GetProperty("detail").GetString(), StringComparison.Ordinal);
    }
}
