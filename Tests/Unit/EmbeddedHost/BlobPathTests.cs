using ClassifierFunctions.EmbeddedHost.Triggers;

namespace ClassifierFunctions.Tests.Unit.EmbeddedHost;

public sealed class BlobPathTests
{
    [Theory]
    [InlineData("uploads/{name}", "squeezenet/a b/ü.png", "name=squeezenet/a b/ü.png")]
    [InlineData("uploads/{name}.jpg", "a.b.jpg", "name=a.b")]
    [InlineData("uploads/{model}/{name}", "m/x/y.png", "model=m;name=x/y.png")]
    [InlineData("uploads/in/{name}", "in/x.png", "name=x.png")]
    [InlineData("uploads/fixed+name.png", "fixed+name.png", "")]
    public void Match_FittingName_GivesTokens(string path, string blob, string expected)
    {
        var blobPath = new BlobPath(path);

        Assert.Equal("uploads", blobPath.Container);
        Assert.Equal(expected, string.Join(';', blobPath.Match(blob)!.Select(token => $"{token.Key}={token.Value}")));
    }

    [Theory]
    [InlineData("uploads/{name}.jpg", "a.png")]
    [InlineData("uploads/in/{name}", "out/x.png")]
    [InlineData("uploads/{model}/{name}", "x.png")]
    public void Match_OtherName_GivesNull(string path, string blob) => Assert.Null(new BlobPath(path).Match(blob));

    [Theory]
    [InlineData("uploads")]
    [InlineData("uploads/")]
    [InlineData("/x")]
    public void Constructor_NoContainerOrName_Throws(string path) => Assert.Throws<FormatException>(() => new BlobPath(path));
}
