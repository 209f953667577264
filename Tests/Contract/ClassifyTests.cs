using System.Net;
using ClassifierFunctions.Tests.Support;

namespace ClassifierFunctions.Tests.Contract;

[Collection(nameof(ContractCollection))]
public sealed class ClassifyTests(AppFixture app)
{
    public static TheoryData<string> Photos => [.. GoldenPhoto.All.Select(photo => Path.GetFileName(photo.File))];

    [Theory]
    [MemberData(nameof(Photos))]
    public async Task Classify_RawBytesOfGoldenPhoto_GivesGoldenTop5(string photo)
    {
        var golden = GoldenPhoto.Named(photo);
        using var response = await app.Http.PostBytesAsync("api/classify/squeezenet", await File.ReadAllBytesAsync(golden.Path));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
        var answer = await response.JsonAsync();
        Assert.Equal("squeezenet", answer.GetProperty("model").GetString());
        Assert.Equal("1", answer.GetProperty("version").GetString());
        golden.AssertMatches(answer);
    }

    [Fact]
    public async Task Classify_JpegNamedPng_ReportsContentNotName()
    {
        using var response = await app.Http.PostBytesAsync("api/classify/squeezenet", await File.ReadAllBytesAsync(TestData.Photo("kitten.png")));

        var image = (await response.JsonAsync()).GetProperty("image");
        Assert.Equal("jpeg", image.GetProperty("format").GetString());
        Assert.Equal(976, image.GetProperty("width").GetInt32());
        Assert.Equal(549, image.GetProperty("height").GetInt32());
    }

    [Fact]
    public async Task Classify_AnyImage_HasServerTimingOfEachStage()
    {
        using var response = await app.Http.PostBytesAsync("api/classify/squeezenet", await File.ReadAllBytesAsync(TestData.Photo("fish.png")));

        var stages = Assert.Single(response.Headers.GetValues("Server-Timing")).Split(", ").Select(stage => stage.Split(";dur=")).ToArray();
        Assert.Equal(["decode", "preprocess", "queue", "inference"], stages.Select(stage => stage[0]));
        Assert.All(stages, stage => Assert.True(double.Parse(stage[1], System.Globalization.CultureInfo.InvariantCulture) >= 0));
    }

    [Theory]
    [InlineData("top=2", 2)]
    [InlineData("top=100000", 1000)]
    [InlineData("threshold=0.5", 1)]
    [InlineData("top=3&threshold=0.0001", 3)]
    [InlineData("version=1", 5)]
    public async Task Classify_Query_LimitsPredictions(string query, int expected)
    {
        using var response = await app.Http.PostBytesAsync($"api/classify/squeezenet?{query}", await File.ReadAllBytesAsync(TestData.Photo("kitten.png")));

        Assert.Equal(expected, (await response.JsonAsync()).GetProperty("predictions").GetArrayLength());
    }

    [Fact]
    public async Task Classify_GreyLogitsModel_GivesDigit()
    {
        // Logits in the thousands: a softmax that overflows would give NaN.
        foreach (var image in TestData.Json("mnist", "golden.json").GetProperty("images").EnumerateArray())
        {
            var logits = image.GetProperty("logits").EnumerateArray().Select(logit => logit.GetDouble()).ToArray();
            using var response = await app.Http.PostBytesAsync("api/classify/mnist", await File.ReadAllBytesAsync(TestData.Path("mnist", image.GetProperty("file").GetString()!)));

            var best = (await response.JsonAsync()).GetProperty("predictions")[0];
            Assert.Equal(Array.IndexOf(logits, logits.Max()), best.GetProperty("index").GetInt32());
            Assert.Equal(image.GetProperty("softmax").EnumerateArray().Max(score => score.GetDouble()), best.GetProperty("score").GetDouble(), 0.01);
        }
    }

    [Fact]
    public async Task Classify_TwoModelsAtOnce_NeverMixesThem()
    {
        var (photo, digit) = (await File.ReadAllBytesAsync(TestData.Photo("dog.jpg")), await File.ReadAllBytesAsync(TestData.Path("mnist", "images", "digit-3.png")));
        await Parallel.ForAsync(0, 40, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (i, _) =>
        {
            var (model, bytes, label) = i % 2 == 0 ? ("squeezenet", photo, "golden retriever") : ("mnist", digit, "3");
            using var response = await app.Http.PostBytesAsync($"api/classify/{model}", bytes);
            var answer = await response.JsonAsync();
            Assert.Equal(model, answer.GetProperty("model").GetString());
            Assert.Equal(label, answer.GetProperty("predictions")[0].GetProperty("label").GetString());
        });
    }
}
