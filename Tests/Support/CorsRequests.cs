namespace ClassifierFunctions.Tests.Support;

/// <summary>What a browser sends for a page's requests to another origin, and what it looks for in the answer.</summary>
internal static class CorsRequests
{
    public static HttpRequestMessage From(string origin, HttpMethod method, Uri address)
    {
        var request = new HttpRequestMessage(method, address);
        request.Headers.Add("Origin", origin);
        return request;
    }

    public static HttpRequestMessage Preflight(string origin, string method, string headers, Uri address)
    {
        var request = From(origin, HttpMethod.Options, address);
        request.Headers.Add("Access-Control-Request-Method", method);
        request.Headers.Add("Access-Control-Request-Headers", headers);
        return request;
    }

    public static string? AllowedOrigin(this HttpResponseMessage response) => response.SingleHeader("Access-Control-Allow-Origin");

    public static string? SingleHeader(this HttpResponseMessage response, string name) => response.Headers.TryGetValues(name, out var values) ? Assert.Single(values) : null;
}
