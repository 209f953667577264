using ClassifierFunctions.Tests.Support;

namespace ClassifierFunctions.Tests.Load;

/// <summary>Requests of two models, in turns, with what ONNX Runtime gave for Pillow's pixels: <c>squeezenet</c> and <c>mnist</c>.</summary>
internal static class GoldenLoad
{
    /// <summary>Tag of an answer to a request for SqueezeNet.</summary>
    public const short SqueezenetTag = 0;

    /// <summary>Tag of an answer to a request for MNIST.</summary>
    public const short MnistTag = 1;

    // Of float32 logits in the thousands, through softmax: a wrong digit has 0.
    private const double MnistTolerance = 0.01;

    public static LoadGenerator Create(Uri server)
    {
        var photos = Squeezenet();
        var images = Mnist().SelectMany((digit, i) => (Image[])[photos[i % photos.Length], digit]).ToArray();
        return new LoadGenerator(
            server,
            [.. images.Select(image => LoadRequest.Classify(server, image.Model, image.File))],
            (request, in answer) => new LoadVerdict(images[request].Expected.IsIn(answer), images[request].Tag));
    }

    private static Image[] Squeezenet() => [.. GoldenPhoto.All.Select(photo => new Image(
        "squeezenet", SqueezenetTag, photo.Path, new("squeezenet", [.. photo.Top5.Select(entry => (entry.Index, entry.Score))], GoldenPhoto.Tolerance)))];

    private static IEnumerable<Image> Mnist() => TestData.Json("mnist", "golden.json").GetProperty("images").EnumerateArray().Select(image =>
    {
        var scores = image.GetProperty("softmax").EnumerateArray().Select((score, index) => (Index: index, Score: score.GetDouble()));
        var file = TestData.Path("mnist", image.GetProperty("file").GetString()!);
        return new Image("mnist", MnistTag, file, new("mnist", [.. scores.OrderByDescending(entry => entry.Score)], MnistTolerance));
    });

    private sealed record Image(string Model, short Tag, string File, ExpectedAnswer Expected);
}
