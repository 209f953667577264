using ClassifierFunctions.Uploads;

namespace ClassifierFunctions.Tests.Unit.Uploads;

public sealed class PoisonedUploadTests
{
    [Fact]
    public void Parse_MessageOfTheWebJobsSdk_GivesTheBlob()
    {
        var poisoned = PoisonedUpload.Parse("""
            {"Type":"BlobTrigger","FunctionId":"Host.Functions.ClassifyUpload","BlobType":"BlockBlob","ContainerName":"uploads","BlobName":"m/a b.png","ETag":"\"0x8D1\""}
            """);

        Assert.Equal(new PoisonedUpload("uploads", "m/a b.png", "0x8D1"), poisoned);
    }

    [Theory]
    [InlineData("")]
    [InlineData("hello")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"ContainerName": null, "BlobName": "x", "ETag": "y"}""")]
    public void Parse_AnythingElse_IsAFormatError(string message) => Assert.Throws<FormatException>(() => PoisonedUpload.Parse(message));
}
