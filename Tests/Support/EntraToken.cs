using System.Buffers.Text;
using System.Text.Json;
using Azure.Core;

namespace ClassifierFunctions.Tests.Support;

/// <summary>A token of the form that Microsoft Entra ID issues for storage, without a signature: the emulator's basic OAuth checks all but that.</summary>
internal sealed class EntraToken : TokenCredential
{
    private const string Tenant = "11111111-1111-1111-1111-111111111111";

    public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken)
    {
        var (now, expiry) = (DateTimeOffset.UtcNow, DateTimeOffset.UtcNow.AddHours(1));
        var claims = new Dictionary<string, object>
        {
            ["aud"] = "https://storage.azure.com",
            ["iss"] = $"https://sts.windows.net/{Tenant}/",
            ["iat"] = now.ToUnixTimeSeconds() - 60,
            ["nbf"] = now.ToUnixTimeSeconds() - 60,
            ["exp"] = expiry.ToUnixTimeSeconds(),
            ["oid"] = "22222222-2222-2222-2222-222222222222",
            ["tid"] = Tenant,
        };
        return new AccessToken($"{Part("""{"alg":"RS256","typ":"JWT"}"""u8)}.{Part(JsonSerializer.SerializeToUtf8Bytes(claims))}.{Part("none"u8)}", expiry);
    }

    public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken)
        => ValueTask.FromResult(GetToken(requestContext, cancellationToken));

    private static string Part(ReadOnlySpan<byte> bytes) => Base64Url.EncodeToString(bytes);
}
