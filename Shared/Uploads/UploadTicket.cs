using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ClassifierFunctions.Results;

namespace ClassifierFunctions.Uploads;

/// <summary>
/// One upload that was allowed: blob name <c>&lt;model&gt;/&lt;key&gt;/&lt;fileName&gt;</c>, whose key is 8 hex digits of the expiry (Unix seconds) and
/// 32 random ones. It is written down nowhere: its id is the blob name as base64url.
/// </summary>
/// <remarks>
/// Nobody can guess the random digits, so an id is known only to those who were given it. No id names a blob of another form: the results of
/// what was uploaded to a name of one's own cannot be read through ids.
/// </remarks>
public sealed class UploadTicket
{
    private const int ExpiryDigits = 8;
    private const int RandomBytes = 16;
    private const int KeyLength = ExpiryDigits + (2 * RandomBytes);

    // At most 3 bytes a character, and 4 letters for 3 bytes.
    private static readonly int MaxIdLength = ResultStore.MaxUploadName * 4;

    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdef");
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private UploadTicket(string id, string blobName, DateTimeOffset expiresOn) => (Id, BlobName, ExpiresOn) = (id, blobName, expiresOn);

    /// <summary>base64url of the blob name; callers take it as it is.</summary>
    public string Id { get; }

    /// <summary>Name within the uploads container.</summary>
    public string BlobName { get; }

    /// <summary>When its upload URL ends; whole seconds.</summary>
    public DateTimeOffset ExpiresOn { get; }

    /// <param name="model">Name of a model of the catalogue.</param>
    /// <param name="fileName">A name that <see cref="UploadFileName.IsValid"/>.</param>
    /// <param name="expiresOn">Up to the year 2106; fractions of seconds are dropped.</param>
    public static UploadTicket Create(string model, string fileName, DateTimeOffset expiresOn)
    {
        var seconds = checked((uint)expiresOn.ToUnixTimeSeconds());
        var random = RandomNumberGenerator.GetHexString(2 * RandomBytes, lowercase: true);
        var blobName = string.Create(CultureInfo.InvariantCulture, $"{model}/{seconds:x8}{random}/{fileName}");
        return new UploadTicket(Base64Url.EncodeToString(Utf8.GetBytes(blobName)), blobName, DateTimeOffset.FromUnixTimeSeconds(seconds));
    }

    /// <returns>Null for any text that <see cref="Create"/> did not make.</returns>
    public static UploadTicket? TryParse(string id)
    {
        if (id.Length > MaxIdLength || BlobNameOf(id) is not { } blobName || blobName.Length > ResultStore.MaxUploadName)
            return null;
        var parts = blobName.Split('/');
        if (parts is not [{ Length: > 0 } model, { Length: KeyLength } key, var fileName]
            || key.AsSpan().ContainsAnyExcept(HexDigits) || !UploadFileName.IsValid(model) || !UploadFileName.IsValid(fileName))
            return null;
        var seconds = uint.Parse(key.AsSpan(0, ExpiryDigits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        return new UploadTicket(id, blobName, DateTimeOffset.FromUnixTimeSeconds(seconds));
    }

    // Null also for a second spelling of the same bytes: padding, white space, bits that do not count.
    private static string? BlobNameOf(string id)
    {
        var bytes = new byte[Base64Url.GetMaxDecodedLength(id.Length)];
        if (Base64Url.DecodeFromChars(id, bytes, out _, out var written) != OperationStatus.Done || Base64Url.EncodeToString(bytes.AsSpan(0, written)) != id)
            return null;
        try
        {
            return Utf8.GetString(bytes.AsSpan(0, written));
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
