using System.Net.Http.Headers;
using System.Text.Json;
using ClassifierFunctions.Inference;
using ClassifierFunctions.Tests.Support;
using Microsoft.ML.OnnxRuntime;

namespace ClassifierFunctions.Tests.EndToEnd;

/// <summary>Imported models give what a float64 evaluation of TensorFlow's graphs gives: on tensors, on photos, and over HTTP.</summary>
public sealed class ImportTests(ImportedModels models) : IClassFixture<ImportedModels>
{
    private const double TensorTolerance = 1e-4;
    private const double PhotoTolerance = 1e-3;

    [Theory]
    [MemberData(nameof(ImportedModels.Names), MemberType = typeof(ImportedModels))]
    public void Import_SyntheticBatch_GivesGoldenProbabilities(string model)
    {
        var golden = ImportedModels.Golden(model);
        var (input, shape) = SyntheticBatch.Of(golden);
        using var options = OnnxEnvironment.CreateSessionOptions();
        using var session = new InferenceSession(Path.Combine(models.Folder(model, "pillow_bilinear"), "model.onnx"), options);
        using var value = OrtValue.CreateTensorValueFromMemory(input, shape);
        using var runOptions = new RunOptions();
        using var results = session.Run(
            runOptions, [golden.GetProperty("input").GetProperty("name").GetString()!], [value], [ImportedModels.Output(model)]);

        var expected = golden.GetProperty("synthetic").GetProperty("expected").GetProperty(ImportedModels.Output(model)).EnumerateArray()
            .SelectMany(row => row.EnumerateArray()).Select(number => number.GetDouble()).ToArray();
        var actual = results[0].GetTensorDataAsSpan<float>().ToArray();
        Assert.Equal(expected.Length, actual.Length);
        Assert.All(expected.Zip(actual), pair => Assert.InRange(pair.Second, pair.First - TensorTolerance, pair.First + TensorTolerance));
    }

    [Theory]
    [MemberData(nameof(ImportedModels.Names), MemberType = typeof(ImportedModels))]
    public async Task Import_ThenServed_PhotosGiveGoldenProbabilities(string model)
    {
        foreach (var (resize, _) in ImportedModels.Resizes)
        {
            foreach (var photo in ImportedModels.Golden(model).GetProperty("photos").EnumerateArray())
            {
                var file = photo.GetProperty("file").GetString()!;
                await AssertAnswerAsync(ImportedModels.Name(model, resize), ImportedModels.GoldenFile(model, file), photo.GetProperty(resize).GetProperty(ImportedModels.Output(model)));
            }
        }
    }

    [Theory]
    [MemberData(nameof(ImportedModels.Names), MemberType = typeof(ImportedModels))]
    public async Task Import_ThenServed_ResizedPicturesGiveGoldenProbabilities(string model)
    {
        foreach (var photo in ImportedModels.Golden(model).GetProperty("photos").EnumerateArray())
        {
            var file = photo.GetProperty("exact_png").GetString()!;
            await AssertAnswerAsync(
                ImportedModels.Name(model, "pillow_bilinear"), ImportedModels.GoldenFile(model, file), photo.GetProperty("pillow_bilinear").GetProperty(ImportedModels.Output(model)));
        }
    }

    private async Task AssertAnswerAsync(string model, string file, JsonElement golden)
    {
        using var content = new ByteArrayContent(await File.ReadAllBytesAsync(file)) { Headers = { ContentType = new MediaTypeHeaderValue("application/octet-stream") } };
        using var response = await models.Http.PostAsync($"api/classify/{model}?top=1000", content);
        var answer = await response.JsonAsync();
        Assert.True(response.IsSuccessStatusCode, $"{answer}");
        var expected = golden.EnumerateArray().Select(number => number.GetDouble()).ToArray();
        var predictions = answer.GetProperty("predictions").EnumerateArray().ToArray();
        Assert.Equal(expected.Length, predictions.Length);
        Assert.Equal(Array.IndexOf(expected, expected.Max()), predictions[0].GetProperty("index").GetInt32());
        foreach (var prediction in predictions)
        {
            var score = expected[prediction.GetProperty("index").GetInt32()];
            Assert.True(Math.Abs(prediction.GetProperty("score").GetDouble() - score) <= PhotoTolerance, $"{model}, {Path.GetFileName(file)}: {prediction}, not {score}");
        }
    }
}
