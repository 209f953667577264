using System.Buffers.Text;
using System.Text;
using ClassifierFunctions.Uploads;
using FsCheck;
using FsCheck.Fluent;

namespace ClassifierFunctions.Tests.Unit.Uploads;

public sealed class UploadTicketTests
{
    // 2026-11-24 03:26:27 UTC, whose seconds are hexadecimal 6b0503e3 (date -u -d @$((16#6b0503e3))).
    private static readonly DateTimeOffset Expiry = new(2026, 11, 24, 3, 26, 27, TimeSpan.Zero);

    private static readonly Gen<string> FileNames = Gen.Elements("a", "Z", "0", " ", "ü", "e\u0301", "#", "?", "%", "%2F", "+", "&", "=", "'", "\"", ".", "-", "_", "猫", "🐈")
        .NonEmptyListOf().Select(string.Concat).Where(UploadFileName.IsValid);

    private const string Key = "6b0503e3f9fc3c1e3b2f1e416d016958413e5b18";

    [Fact]
    public void TryParse_KnownId_GivesBlobNameAndExpiry()
    {
        // python3: base64.urlsafe_b64encode('photo-quality/6b05…/h ü#?%25+'.encode())
        var ticket = UploadTicket.TryParse("cGhvdG8tcXVhbGl0eS82YjA1MDNlM2Y5ZmMzYzFlM2IyZjFlNDE2ZDAxNjk1ODQxM2U1YjE4L2ggw7wjPyUyNSs");

        Assert.Equal(($"photo-quality/{Key}/h ü#?%25+", Expiry), (ticket!.BlobName, ticket.ExpiresOn));
    }

    [Fact]
    public void Create_Twice_GivesOtherKeysOfTheSameExpiry()
    {
        var tickets = Enumerable.Range(0, 2).Select(_ => UploadTicket.Create("m", "cat.jpg", Expiry.AddMilliseconds(900))).ToArray();

        Assert.All(tickets, ticket => Assert.Matches("^m/6b0503e3[0-9a-f]{32}/cat\\.jpg$", ticket.BlobName));
        Assert.All(tickets, ticket => Assert.Equal(Expiry, ticket.ExpiresOn));
        Assert.NotEqual(tickets[0].Id, tickets[1].Id);
    }

    [Fact]
    public void TryParse_AnyFileName_GivesWhatWasCreated()
        => Prop.ForAll(FileNames.ToArbitrary(), name =>
        {
            var created = UploadTicket.Create("squeezenet", name, Expiry);
            var parsed = UploadTicket.TryParse(created.Id);
            Assert.Equal((created.BlobName, created.ExpiresOn, created.Id), (parsed!.BlobName, parsed.ExpiresOn, parsed.Id));
            Assert.Matches("^[A-Za-z0-9_-]+$", created.Id);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    [Fact]
    public void TryParse_AnyOtherText_IsNoTicket()
        => Prop.ForAll(ArbMap.Default.ArbFor<string>(), text => Assert.Null(UploadTicket.TryParse(text ?? ""))).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    [Theory]
    [InlineData("")]
    [InlineData("cat.jpg")]
    [InlineData("m/cat.jpg")]
    [InlineData("/" + Key + "/cat.jpg")]
    [InlineData("m/" + Key + "/")]
    [InlineData("m/" + Key)]
    [InlineData("m/n/" + Key + "/cat.jpg")]
    [InlineData("m/" + Key + "/a/b.jpg")]
    [InlineData("m/" + Key + "/..")]
    [InlineData("m/" + Key + "0/cat.jpg")]
    [InlineData("m/6B0503E3f9fc3c1e3b2f1e416d016958413e5b18/cat.jpg")]
    [InlineData("m/6b0503e3f9fc3c1e3b2f1e416d016958413e5bzz/cat.jpg")]
    [InlineData("m/ b0503e3f9fc3c1e3b2f1e416d016958413e5b18/cat.jpg")]
    public void TryParse_NameOfAnotherForm_IsNoTicket(string blobName)
        => Assert.Null(UploadTicket.TryParse(Base64Url.EncodeToString(Encoding.UTF8.GetBytes(blobName))));

    [Fact]
    public void TryParse_OtherSpellingOfAnId_IsNoTicket()
    {
        // 49 bytes: one byte in the last group, so padding is two characters, and the last letter has four bits that do not count.
        var id = Base64Url.EncodeToString(Encoding.UTF8.GetBytes($"m/{Key}/ca.jpg"));
        Assert.NotNull(UploadTicket.TryParse(id));

        Assert.Null(UploadTicket.TryParse(id + "=="));
        Assert.Null(UploadTicket.TryParse(id + "\n"));
        Assert.Null(UploadTicket.TryParse(" " + id));
        Assert.Null(UploadTicket.TryParse(id[..^1] + (char)(id[^1] + 1)));
        Assert.Null(UploadTicket.TryParse(id[..^1]));
    }

    [Fact]
    public void TryParse_InvalidUtf8OrTooLong_IsNoTicket()
    {
        Assert.Null(UploadTicket.TryParse(Base64Url.EncodeToString([.. Encoding.UTF8.GetBytes($"m/{Key}/"), 0xC3, 0x28])));
        Assert.Null(UploadTicket.TryParse(Base64Url.EncodeToString(Encoding.UTF8.GetBytes($"{new string('m', 5000)}/{Key}/cat.jpg"))));
    }
}
