using System.Net;
using System.Text.Json;

namespace ClassifierFunctions.Tests.Support;

internal static class HttpAnswers
{
    /// <summary>Checks that an answer is problem details of the given status and type, in header and body.</summary>
    /// <returns>The problem.</returns>
    public static async Task<JsonElement> AssertProblemAsync(this HttpResponseMessage response, HttpStatusCode status, string type)
    {
        Assert.Equal(status, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var problem = await response.JsonAsync();
        Assert.Equal((int)status, problem.GetProperty("status").GetInt32());
        Assert.Equal("urn:classifier-functions:" + type, problem.GetProperty("type").GetString());
        Assert.NotEmpty(problem.GetProperty("title").GetString()!);
        Assert.NotEmpty(problem.GetProperty("detail").GetString()!);
        return problem;
    }
}
