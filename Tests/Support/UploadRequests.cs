using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace ClassifierFunctions.Tests.Support;

/// <summary>The steps of an upload, as a web page takes them.</summary>
internal static class UploadRequests
{
    public static Task<HttpResponseMessage> PostUploadAsync(this HttpClient http, string json)
        => http.PostAsync(new Uri("api/uploads", UriKind.Relative), new StringContent(json, System.Text.Encoding.UTF8, "application/json"));

    /// <summary>Asks for an address to upload to.</summary>
    public static async Task<CreatedUpload> CreateUploadAsync(this HttpClient http, string fileName, string? model = null)
    {
        using var response = await http.PostAsJsonAsync(new Uri("api/uploads", UriKind.Relative), new { fileName, model });
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        return CreatedUpload.From(await response.JsonAsync());
    }

    /// <summary>Uploads to it, with nothing but what the address needs.</summary>
    public static Task<HttpResponseMessage> PutBlobAsync(this HttpClient http, Uri uploadUrl, byte[] bytes)
    {
        var request = new HttpRequestMessage(HttpMethod.Put, uploadUrl) { Content = new ByteArrayContent(bytes) };
        request.Headers.Add("x-ms-blob-type", "BlockBlob");
        return http.SendAsync(request);
    }

    /// <summary>Asks for the result until it is there.</summary>
    public static async Task<JsonElement> PollResultAsync(this HttpClient http, Uri resultUrl, TimeSpan? timeout = null)
    {
        var document = await Eventually.GetAsync(
            async () =>
            {
                using var response = await http.GetAsync(resultUrl);
                if (response.StatusCode == HttpStatusCode.Accepted)
                    return null;
                Assert.Equal(HttpStatusCode.OK, response.StatusCode);
                return JsonDocument.Parse(await response.Content.ReadAsStringAsync());
            },
            timeout ?? TimeSpan.FromSeconds(30),
            "The result");
        return document.RootElement;
    }
}
