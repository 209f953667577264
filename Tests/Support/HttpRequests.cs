using System.Net.Http.Headers;
using System.Text.Json;

namespace ClassifierFunctions.Tests.Support;

internal static class HttpRequests
{
    /// <summary>Posts bytes as curl's --data-binary does.</summary>
    public static Task<HttpResponseMessage> PostBytesAsync(this HttpClient http, string path, byte[] bytes)
    {
        var content = new ByteArrayContent(bytes);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/x-www-form-urlencoded");
        return http.PostAsync(new Uri(path, UriKind.Relative), content);
    }

    public static async Task<JsonElement> JsonAsync(this HttpResponseMessage response)
    {
        using var document = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        return document.RootElement.Clone();
    }
}
