using System.Buffers;
using System.Net;
using System.Text;

namespace ClassifierFunctions.EmbeddedHost.Triggers;

/// <summary>
/// Reads the answer of List Blobs: https://learn.microsoft.com/rest/api/storageservices/list-blobs. XmlReader would take about ten times as long (7 ms for
/// 5,000 blobs), and this is most of what an idle host does. Text has no tags in it, so looking for tags is enough.
/// </summary>
internal static class BlobListingReader
{
    private const int BufferBytes = 128 * 1024;

    /// <returns>The blobs, and where the next page begins; null for none.</returns>
    /// <exception cref="InvalidDataException">It is no such answer, or not all of it.</exception>
    public static async Task<(IReadOnlyList<ListedBlob> Blobs, string? NextMarker)> ReadAsync(Stream answer, CancellationToken cancellationToken)
    {
        var blobs = new List<ListedBlob>();
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            var held = 0;
            while (await answer.ReadAsync(buffer.AsMemory(held), cancellationToken).ConfigureAwait(false) is > 0 and var read)
            {
                held += read;
                var taken = Take(buffer.AsSpan(0, held), blobs);
                buffer.AsSpan(taken, held -= taken).CopyTo(buffer);
                if (held == buffer.Length)
                    throw new InvalidDataException("The listing of blobs has an entry that is too long.");
            }

            return (blobs, NextMarker(buffer.AsSpan(0, held)));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    // Every whole <Blob>; gives how many bytes they have.
    private static int Take(ReadOnlySpan<byte> xml, List<ListedBlob> blobs)
    {
        var end = "</Blob>"u8;
        var taken = 0;
        while (xml[taken..].IndexOf(end) is >= 0 and var length)
        {
            blobs.Add(Parse(xml.Slice(taken, length)));
            taken += length + end.Length;
        }

        return taken;
    }

    private static ListedBlob Parse(ReadOnlySpan<byte> blob)
    {
        var element = Between(blob, "<Name"u8, "</Name>"u8);
        var start = element.IndexOf((byte)'>');
        var name = Text(element[(start + 1)..]);
        // Names that XML cannot hold are percent-encoded: <Name Encoded="true">.
        var isEncoded = element[..start].IndexOf("\"true\""u8) >= 0;
        return new ListedBlob(isEncoded ? Uri.UnescapeDataString(name) : name, Text(Between(blob, "<Etag>"u8, "</Etag>"u8)).Trim('"'));
    }

    private static string? NextMarker(ReadOnlySpan<byte> rest)
    {
        if (rest.IndexOf("</EnumerationResults>"u8) < 0)
            throw new InvalidDataException("The listing of blobs has no end.");
        return rest.IndexOf("<NextMarker>"u8) >= 0 && Between(rest, "<NextMarker>"u8, "</NextMarker>"u8) is { IsEmpty: false } marker ? Text(marker) : null;
    }

    private static ReadOnlySpan<byte> Between(ReadOnlySpan<byte> xml, ReadOnlySpan<byte> start, ReadOnlySpan<byte> end)
    {
        var from = xml.IndexOf(start) is >= 0 and var found ? found + start.Length : throw Missing(start);
        return xml[from..].IndexOf(end) is >= 0 and var length ? xml.Slice(from, length) : throw Missing(end);
    }

    // HTML's entities include those of XML.
    private static string Text(ReadOnlySpan<byte> xml) => WebUtility.HtmlDecode(Encoding.UTF8.GetString(xml));

    private static InvalidDataException Missing(ReadOnlySpan<byte> tag) => new($"The listing of blobs has an entry without {Encoding.UTF8.GetString(tag)}.");
}
