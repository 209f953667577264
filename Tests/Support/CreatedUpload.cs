using System.Text.Json;

namespace ClassifierFunctions.Tests.Support;

/// <summary>The answer of <c>POST /api/uploads</c>.</summary>
internal sealed record CreatedUpload(string Id, Uri UploadUrl, Uri ResultUrl, DateTimeOffset ExpiresOn)
{
    public static CreatedUpload From(JsonElement json)
    {
        Assert.Equal(["id", "uploadUrl", "resultUrl", "expiresOn"], json.EnumerateObject().Select(property => property.Name));
        return new CreatedUpload(
            json.GetProperty("id").GetString()!, new Uri(json.GetProperty("uploadUrl").GetString()!),
            new Uri(json.GetProperty("resultUrl").GetString()!), json.GetProperty("expiresOn").GetDateTimeOffset());
    }
}
