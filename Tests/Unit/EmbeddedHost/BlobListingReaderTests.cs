using System.Text;
using ClassifierFunctions.EmbeddedHost.Triggers;

namespace ClassifierFunctions.Tests.Unit.EmbeddedHost;

public sealed class BlobListingReaderTests
{
    // The forms of https://learn.microsoft.com/rest/api/storageservices/list-blobs: ETags with and without quotes, a name that XML cannot hold.
    private const string Answer = """
        <?xml version="1.0" encoding="utf-8"?>
        <EnumerationResults ServiceEndpoint="https://account.blob.core.windows.net/" ContainerName="uploads">
          <Prefix>a</Prefix>
          <MaxResults>4</MaxResults>
          <Blobs>
            <Blob><Name>squeezenet/dog &amp; cat &lt;&#49;&gt; &quot;ü&quot;.jpg</Name><Properties><Etag>0x8CBFF45D8A29A19</Etag><Content-Length>100</Content-Length></Properties><Metadata /></Blob>
            <Blob>
              <Name> </Name>
              <Properties>
                <Content-Length>0</Content-Length>
                <Etag>"0x8CBFF45D8B4C212"</Etag>
              </Properties>
            </Blob>
            <Blob><Name Encoded="true">odd%EF%BF%BE%25.jpg</Name><Properties><Etag>0x8CBFF45D911FADF</Etag></Properties></Blob>
            <Blob><Name Encoded="false">100%25.jpg</Name><Properties><Etag>0x8CBFF45D911FAE0</Etag></Properties></Blob>
          </Blobs>
          NEXT
        </EnumerationResults>
        """;

    [Fact]
    public async Task ReadAsync_ListBlobsAnswer_GivesNamesETagsAndNextMarker()
    {
        var (blobs, marker) = await ReadAsync(Answer.Replace("NEXT", "<NextMarker>2!68!MDAw</NextMarker>", StringComparison.Ordinal));

        Assert.Equal(
            [
                new ListedBlob("squeezenet/dog & cat <1> \"ü\".jpg", "0x8CBFF45D8A29A19"),
                new ListedBlob(" ", "0x8CBFF45D8B4C212"),
                new ListedBlob("odd\uFFFE%.jpg", "0x8CBFF45D911FADF"),
                new ListedBlob("100%25.jpg", "0x8CBFF45D911FAE0"),
            ],
            blobs);
        Assert.Equal("2!68!MDAw", marker);
    }

    [Theory]
    [InlineData("<NextMarker />")]
    [InlineData("<NextMarker></NextMarker>")]
    [InlineData("")]
    public async Task ReadAsync_LastPage_HasNoMarker(string next)
        => Assert.Null((await ReadAsync(Answer.Replace("NEXT", next, StringComparison.Ordinal))).NextMarker);

    [Fact]
    public async Task ReadAsync_InPiecesOfAnySize_IsTheSame()
    {
        var xml = Encoding.UTF8.GetBytes(Answer);
        var (whole, _) = await BlobListingReader.ReadAsync(new MemoryStream(xml), CancellationToken.None);
        foreach (var size in (int[])[1, 7, 100, 333])
            Assert.Equal(whole, (await BlobListingReader.ReadAsync(new PiecewiseStream(xml, size), CancellationToken.None)).Blobs);
    }

    [Fact]
    public async Task ReadAsync_MoreThanItsBufferHolds_GivesEveryBlob()
    {
        var entries = Enumerable.Range(0, 5000).Select(i => $"<Blob><Name>{i}/{new string('n', 100)}</Name><Properties><Etag>{i}</Etag></Properties></Blob>");
        var (blobs, _) = await ReadAsync($"<EnumerationResults><Blobs>{string.Concat(entries)}</Blobs><NextMarker/></EnumerationResults>");

        Assert.Equal(Enumerable.Range(0, 5000).Select(i => new ListedBlob($"{i}/{new string('n', 100)}", $"{i}")), blobs);
    }

    [Theory]
    [InlineData("")]
    [InlineData("<html><body>Bad gateway</body></html>")]
    [InlineData("<EnumerationResults><Blobs><Blob><Name>cut</Name>")]
    [InlineData("<EnumerationResults><Blobs><Blob><Name>no version</Name></Blob></Blobs></EnumerationResults>")]
    public async Task ReadAsync_NoWholeListing_Throws(string answer)
        => await Assert.ThrowsAsync<InvalidDataException>(() => ReadAsync(answer));

    private static Task<(IReadOnlyList<ListedBlob> Blobs, string? NextMarker)> ReadAsync(string answer)
        => BlobListingReader.ReadAsync(new MemoryStream(Encoding.UTF8.GetBytes(answer)), CancellationToken.None);

    private sealed class PiecewiseStream(byte[] bytes, int size) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
            => base.ReadAsync(buffer[..Math.Min(buffer.Length, size)], cancellationToken);
    }
}
