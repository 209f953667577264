using System.Runtime.CompilerServices;
using System.Text.Json;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Microsoft.Extensions.Options;

namespace ClassifierFunctions.Results;

/// <summary>Reads and writes the result documents, one per ETag of an upload.</summary>
public sealed class ResultStore(BlobServiceClient service, IOptions<AsyncOptions> options)
{
    // Metadata of a result: the ETag of the upload that it answers, readable without downloading the document.
    internal const string UploadETag = "uploadetag";

    /// <summary>What a result's name has behind its upload's.</summary>
    internal const string Extension = ".json";

    /// <summary>Most characters of an upload's name: Azure Storage has 1,024 for the result's.</summary>
    internal static readonly int MaxUploadName = 1024 - Extension.Length;

    private readonly BlobContainerClient _container = service.GetBlobContainerClient(options.Value.ResultsContainer);

    /// <summary>What stands at an upload's result now.</summary>
    /// <param name="uploadName">Blob name within the uploads container.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    internal async Task<ExistingResult> FindAsync(string uploadName, CancellationToken cancellationToken)
    {
        try
        {
            BlobProperties properties = await Result(uploadName).GetPropertiesAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
            return new ExistingResult(properties.Metadata.TryGetValue(UploadETag, out var etag) ? etag : null, properties.ETag);
        }
        catch (RequestFailedException missing) when (missing.Status == 404)
        {
            return default;
        }
    }

    /// <summary>Which uploads have results, in the order of the results' names.</summary>
    internal async IAsyncEnumerable<(string UploadName, string? UploadETag)> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var blob in _container.ListAsync(BlobTraits.Metadata, cancellationToken).ConfigureAwait(false))
        {
            if (blob.Name.EndsWith(Extension, StringComparison.Ordinal))
                yield return (blob.Name[..^Extension.Length], blob.Metadata.TryGetValue(UploadETag, out var etag) ? etag : null);
        }
    }

    /// <summary>The document as it is stored; null while there is none.</summary>
    /// <exception cref="ClassifierException">It is archived.</exception>
    internal async Task<BinaryData?> ReadAsync(string uploadName, CancellationToken cancellationToken)
    {
        try
        {
            BlobDownloadResult result = await Result(uploadName).DownloadContentAsync(cancellationToken).ConfigureAwait(false);
            return result.Content;
        }
        catch (RequestFailedException missing) when (missing.Status == 404)
        {
            return null;
        }
        catch (RequestFailedException archived) when (archived.ErrorCode == BlobErrorCode.BlobArchived)
        {
            throw new ClassifierException(ClassifierError.UnreadableBlob, "The result is in the archive tier of its storage account.", archived);
        }
    }

    /// <summary>Writes a result, unless another one was written since <paramref name="existing"/> was read.</summary>
    /// <returns>False when another one was.</returns>
    internal async Task<bool> TryWriteAsync(UploadResult result, ExistingResult existing, CancellationToken cancellationToken)
    {
        var upload = new BlobUploadOptions
        {
            HttpHeaders = new BlobHttpHeaders { ContentType = "application/json" },
            Metadata = new Dictionary<string, string> { [UploadETag] = result.Source.ETag },
            Tags = IndexTags(result),
            Conditions = existing.ETag is { } etag ? new BlobRequestConditions { IfMatch = etag } : new BlobRequestConditions { IfNoneMatch = ETag.All },
        };
        var document = BinaryData.FromBytes(JsonSerializer.SerializeToUtf8Bytes(result, ClassifierJson.Types.UploadResult));
        try
        {
            return await TryUploadAsync().ConfigureAwait(false);
        }
        catch (RequestFailedException missing) when (missing.ErrorCode == BlobErrorCode.ContainerNotFound)
        {
            await _container.CreateIfNotExistsAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
            return await TryUploadAsync().ConfigureAwait(false);
        }

        async Task<bool> TryUploadAsync()
        {
            try
            {
                await Result(result.Source.Name).UploadAsync(document, upload, cancellationToken).ConfigureAwait(false);
                return true;
            }
            catch (RequestFailedException conflict) when (conflict.ErrorCode == BlobErrorCode.ConditionNotMet || conflict.ErrorCode == BlobErrorCode.BlobAlreadyExists)
            {
                return false;
            }
        }
    }

    private static Dictionary<string, string> IndexTags(UploadResult result)
    {
        var tags = new Dictionary<string, string> { ["status"] = result.Status };
        if (result.Model is { } model)
            tags["model"] = TagValue(model);
        if (result.Predictions is [var best, ..])
        {
            tags["label"] = TagValue(best.Label);
            tags["score"] = best.Score.ToString("0.0000", System.Globalization.CultureInfo.InvariantCulture);
        }

        return tags;
    }

    // Index tags allow letters, digits, space and + - . / : = _, 256 characters in all.
    private static string TagValue(string text)
        => string.Concat(text.Take(256).Select(c => char.IsAsciiLetterOrDigit(c) || " +-./:=_".Contains(c) ? c : '_'));

    private BlobClient Result(string uploadName) => _container.GetBlobClient(uploadName + Extension);
}
