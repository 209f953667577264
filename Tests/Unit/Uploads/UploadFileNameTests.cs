using ClassifierFunctions.Uploads;

namespace ClassifierFunctions.Tests.Unit.Uploads;

public sealed class UploadFileNameTests
{
    [Theory]
    [InlineData("cat.jpg")]
    [InlineData(".hidden")]
    [InlineData("no extension")]
    [InlineData("ü 100% #1?+&='\"<>|*:;.jpg")]
    [InlineData("猫🐈.png")]
    [InlineData("...x")]
    public void IsValid_PlainName_IsTrue(string name) => Assert.True(UploadFileName.IsValid(name));

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("cat.")]
    [InlineData("a/b")]
    [InlineData("a\\b")]
    [InlineData("a\nb")]
    [InlineData("a\0b")]
    [InlineData("a\u007Fb")]
    [InlineData("a\u0085b")]
    [InlineData("a\uFFFFb")]
    public void IsValid_AnythingElse_IsFalse(string name) => Assert.False(UploadFileName.IsValid(name));

    // Attributes cannot hold them.
    [Fact]
    public void IsValid_LoneSurrogate_IsFalse()
        => Assert.All(["a\uD83D", "\uDC08a", "\uD83Da", "\uDC08\uD83D"], name => Assert.False(UploadFileName.IsValid(name)));

    [Fact]
    public void IsValid_Length_EndsAt200()
    {
        Assert.True(UploadFileName.IsValid(new string('x', 200)));
        Assert.False(UploadFileName.IsValid(new string('x', 201)));
    }
}
