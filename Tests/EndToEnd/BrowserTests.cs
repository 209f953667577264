using System.Globalization;
using System.Net.Http.Json;
using ClassifierFunctions.Tests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ClassifierFunctions.Tests.EndToEnd;

/// <summary>samples/upload.html in a real browser, from an origin of its own, against the real app and a real Azurite.</summary>
[Collection(nameof(EndToEndCollection))]
public sealed class BrowserTests(AzuriteFixture azurite, BrowserFixture browser) : IClassFixture<BrowserFixture>, IAsyncLifetime
{
    private const int TimeoutMilliseconds = 60_000;
    private const int RetryAfterSeconds = 7;

    private readonly List<string> _scriptErrors = [];
    private AppProcess? _app;
    private SamplesSite? _site;
    private IPage? _page;

    private AppProcess App => _app!;

    private IPage Page => _page!;

    private ILocator Alert => Page.GetByRole(AriaRole.Alert);

    private ILocator Button => Page.GetByRole(AriaRole.Button, new() { Name = "Upload and classify" });

    private ILocator Rows => Page.Locator("tbody tr");

    public async Task InitializeAsync()
    {
        _app = await AppProcess.StartAsync(new()
        {
            ["Models__Path"] = TestData.Folder,
            ["Models__Default"] = "squeezenet",
            ["AzureWebJobsStorage"] = azurite.ConnectionString,
        });
        // The app allows pages to upload to the emulator as soon as it finds it, which its own start does not wait for.
        await Eventually.HoldsAsync(
            async () => (await azurite.Blobs().GetPropertiesAsync()).Value.Cors.Count > 0, TimeSpan.FromSeconds(30), "The storage's CORS rules");
        _site = await SamplesSite.StartAsync();
        _page = await browser.Browser.NewPageAsync();
        _page.PageError += (_, error) => _scriptErrors.Add(error);
        await _page.GotoAsync(new Uri(_site.Address, $"upload.html?api={Uri.EscapeDataString(App.Address.ToString())}").ToString());
    }

    public async Task DisposeAsync()
    {
        await Page.CloseAsync();
        await _site!.DisposeAsync();
        await App.DisposeAsync();
        Assert.Empty(_scriptErrors);
    }

    [Theory]
    [InlineData("")]
    [InlineData("squeezenet")]
    public async Task Page_GoldenPhoto_ShowsItsLabelsAndScores(string model)
    {
        var golden = GoldenPhoto.Named("kitten.png");
        await SubmitAsync(golden.Path, model);
        await Expect(Rows).ToHaveCountAsync(5, new() { Timeout = TimeoutMilliseconds });

        await Expect(Page.GetByRole(AriaRole.Status)).ToHaveTextAsync($"This is {golden.Top5[0].Label}.");
        await Expect(Page.GetByRole(AriaRole.Table, new() { Name = "squeezenet, version 1" })).ToBeVisibleAsync();
        await Expect(Alert).ToBeHiddenAsync();
        var shown = (await Rows.AllAsync()).Select(row => row.Locator("td").AllInnerTextsAsync()).ToArray();
        foreach (var (cells, expected) in (await Task.WhenAll(shown)).Zip(golden.Top5).Take(2))
        {
            Assert.Equal(expected.Label, cells[0]);
            var score = double.Parse(cells[1].TrimEnd('%'), CultureInfo.InvariantCulture) / 100;
            Assert.InRange(score, expected.Score - GoldenPhoto.Tolerance, expected.Score + GoldenPhoto.Tolerance);
        }
    }

    [Fact]
    public async Task Page_TextFile_ShowsTheDetailOfTheFailedResult()
    {
        await SubmitAsync(Path.Combine(Repository.Root, "README.md"));

        await ExpectAlertAsync("The content is not an image of a supported format. The content is not an image that can be read.");
    }

    [Fact]
    public async Task Page_UnknownModel_ShowsTheProblem()
    {
        await SubmitAsync(TestData.Photo("dog.jpg"), "no-such-model");

        await ExpectAlertAsync("There is no such model.");
    }

    [Fact]
    public async Task Page_SecondTry_ReplacesTheFirstOutcome()
    {
        await SubmitAsync(Path.Combine(Repository.Root, "README.md"));
        await ExpectAlertAsync("not an image");
        await SubmitAsync(TestData.Photo("dog.jpg"));

        await Expect(Rows).ToHaveCountAsync(5, new() { Timeout = TimeoutMilliseconds });
        await Expect(Alert).ToBeHiddenAsync();
    }

    [Fact]
    public async Task Page_UploadUrlThatWasUsed_ShowsTheRefusal()
    {
        using var created = await App.Http.PostAsJsonAsync("api/uploads", new { fileName = "dog.jpg" });
        var ticket = await created.Content.ReadAsStringAsync();
        using var upload = new HttpRequestMessage(HttpMethod.Put, (await created.JsonAsync()).GetProperty("uploadUrl").GetString())
        {
            Content = new ByteArrayContent(await File.ReadAllBytesAsync(TestData.Photo("dog.jpg"))),
            Headers = { { "x-ms-blob-type", "BlockBlob" } },
        };
        using var uploaded = await App.Http.SendAsync(upload);
        Assert.True(uploaded.IsSuccessStatusCode);
        await AnswerAsync("**/api/uploads", 201, "application/json", ticket);

        await SubmitAsync(TestData.Photo("toaster.jpg"));

        await ExpectAlertAsync("The storage answered with 403 AuthorizationPermissionMismatch.");
    }

    [Fact]
    public async Task Page_AppDown_SaysSo()
    {
        await App.StopAsync();
        await SubmitAsync(TestData.Photo("dog.jpg"));

        await ExpectAlertAsync("The app cannot be reached");
    }

    [Fact]
    public async Task Page_StorageDown_SaysSo()
    {
        await Page.RouteAsync("**/uploads/squeezenet/**", route => route.AbortAsync());
        await SubmitAsync(TestData.Photo("dog.jpg"), "squeezenet");

        await ExpectAlertAsync("The storage cannot be reached");
    }

    [Fact]
    public async Task Page_ResultNotFound_ShowsTheProblem()
    {
        const string Problem = """{"type":"urn:x","title":"There is no such upload.","status":404,"detail":"It has expired."}""";
        await AnswerAsync("**/api/results/**", 404, "application/problem+json", Problem);
        await SubmitAsync(TestData.Photo("dog.jpg"));

        await ExpectAlertAsync("There is no such upload. It has expired.");
    }

    [Fact]
    public async Task Page_NoResult_PollsAsOftenAsItIsToldAndThenGivesUp()
    {
        var polls = 0;
        await Page.Clock.InstallAsync();
        await Page.RouteAsync("**/api/results/**", route =>
        {
            polls++;
            return FulfillAsync(route, 202, "application/json", """{"id":"x","status":"pending","uploaded":true}""");
        });
        await SubmitAsync(TestData.Photo("dog.jpg"));

        await Eventually.HoldsAsync(
            async () =>
            {
                await Page.Clock.RunForAsync(1000);
                return await Alert.IsVisibleAsync();
            },
            TimeSpan.FromMilliseconds(TimeoutMilliseconds),
            "Giving up");
        await ExpectAlertAsync("There is no result after 120 seconds.");
        // Fewer where the page's clock runs on while an answer is under way.
        Assert.InRange(polls, 2, 120 / RetryAfterSeconds + 1);
    }

    private async Task SubmitAsync(string file, string model = "")
    {
        await Page.GetByLabel("Image").SetInputFilesAsync(file);
        await Page.GetByLabel("Model").FillAsync(model);
        await Button.ClickAsync();
    }

    private async Task ExpectAlertAsync(string text)
    {
        await Expect(Alert).ToContainTextAsync(text, new() { Timeout = TimeoutMilliseconds });
        await Expect(Page.GetByRole(AriaRole.Table)).ToBeHiddenAsync();
        await Expect(Button).ToBeEnabledAsync();
    }

    private Task AnswerAsync(string url, int status, string contentType, string body)
        => Page.RouteAsync(url, route => FulfillAsync(route, status, contentType, body));

    private static Task FulfillAsync(IRoute route, int status, string contentType, string body) => route.FulfillAsync(new()
    {
        Status = status,
        ContentType = contentType,
        Body = body,
        Headers = new Dictionary<string, string>
        {
            ["Access-Control-Allow-Origin"] = "*",
            ["Access-Control-Expose-Headers"] = "Retry-After",
            ["Retry-After"] = $"{RetryAfterSeconds}",
        },
    });
}
