using System.Net;
using ClassifierFunctions.Tests.Support;

namespace ClassifierFunctions.Tests.Contract;

[Collection(nameof(ContractCollection))]
public sealed class CatalogueTests(AppFixture app)
{
    [Fact]
    public async Task ListModels_TestData_DescribesItsTwoModels()
    {
        using var response = await app.Http.GetAsync(new Uri("api/models", UriKind.Relative));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var models = (await response.JsonAsync()).GetProperty("models");
        Assert.Equal(["mnist", "squeezenet"], models.EnumerateArray().Select(model => model.GetProperty("name").GetString()));
    }

    [Fact]
    public async Task GetModel_Squeezenet_ReadsItsGraph()
    {
        using (await app.Http.PostBytesAsync("api/classify/squeezenet", await File.ReadAllBytesAsync(TestData.Photo("fish.png"))))
        {
        }

        using var response = await app.Http.GetAsync(new Uri("api/models/squeezenet", UriKind.Relative));

        // Facts from the data's README and golden.json.
        var model = (await response.JsonAsync()).GetProperty("versions")[0];
        Assert.Equal("1", model.GetProperty("version").GetString());
        Assert.Equal("loaded", model.GetProperty("state").GetString());
        Assert.Equal(1000, model.GetProperty("labels").GetInt32());
        Assert.Equal(2_484_091, model.GetProperty("bytes").GetInt64());
        Assert.Equal("CPU", model.GetProperty("executionProvider").GetString());
        Assert.NotEmpty(model.GetProperty("executionProviderReason").GetString()!);
        var input = model.GetProperty("input");
        Assert.Equal(("data_0", "float16", "NCHW"), (input.GetProperty("name").GetString(), input.GetProperty("type").GetString(), input.GetProperty("layout").GetString()));
        Assert.Equal((3, 224, 224), (input.GetProperty("channels").GetInt32(), input.GetProperty("width").GetInt32(), input.GetProperty("height").GetInt32()));
    }

    [Fact]
    public async Task GetModel_Unknown_Is404AndListsTheKnownOnes()
    {
        using var response = await app.Http.GetAsync(new Uri("api/models/nope", UriKind.Relative));

        var problem = await response.AssertProblemAsync(HttpStatusCode.NotFound, "unknown-model");
        Assert.Equal(2, problem.GetProperty("models").GetArrayLength());
    }

    [Theory]
    [InlineData("live")]
    [InlineData("ready")]
    public async Task Health_RunningApp_IsOk(string route)
    {
        using var response = await app.Http.GetAsync(new Uri($"api/health/{route}", UriKind.Relative));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(route, (await response.JsonAsync()).GetProperty("status").GetString());
    }

    [Fact]
    public void Start_EmbeddedHost_PrintsFunctionList()
    {
        Assert.Matches(@"\tClassify: http://127\.0\.0\.1:\d+/api/classify/\{model\?\}", app.App.Output);
        Assert.Contains("\tClassifyUpload: blobTrigger uploads/{name}", app.App.Output, StringComparison.Ordinal);
        Assert.Contains("Function ClassifyUpload is off: the app setting AzureWebJobsStorage is empty", app.App.Output, StringComparison.Ordinal);
    }
}
