using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ClassifierFunctions.Results;
using ClassifierFunctions.Tests.Support;

namespace ClassifierFunctions.Tests.Unit.Results;

/// <summary>docs/upload-result.schema.json describes what the app writes, and refuses what it must never write.</summary>
public sealed partial class UploadResultSchemaTests
{
    // None is what any field may be.
    private static readonly string[] WrongValues = ["null", "true", "[1]", "{}"];

    private static readonly UploadSource Source = new(
        "flowers/2026/my photo (1) ü.jpg",
        "0x8DC5AF5D3A2B100",
        180_224,
        new DateTimeOffset(2026, 11, 24, 8, 30, 0, TimeSpan.Zero),
        new DateTimeOffset(2026, 11, 24, 8, 30, 1, 250, TimeSpan.Zero));

    private static readonly UploadResult Succeeded = new()
    {
        Status = UploadResult.Succeeded,
        Model = "flowers",
        Version = "12",
        Predictions = [new Prediction("chêne, \"oak\"", 1, 0), new Prediction("elm", 1.5e-8f, 7), new Prediction("", 0, 3)],
        Image = new ImageInfo("jpeg", 1080, 1),
        Source = Source,
    };

    private static readonly UploadResult Failed = new()
    {
        Status = UploadResult.Failed,
        Error = Problem.From(ClassifierError.EmptyImage, "Send an image."),
        Source = Source,
    };

    [Fact]
    public async Task Schema_WhatTheAppWrites_IsValid()
    {
        UploadResult[] results =
        [
            Succeeded,
            Succeeded with { Source = Source with { Uploaded = Source.Uploaded.ToOffset(TimeSpan.FromHours(5.5)), Classified = DateTimeOffset.MaxValue } },
            .. Enum.GetValues<ClassifierError>().Select(error => Failed with { Error = Problem.From(error, "what to do") }),
            Failed with { Error = Problem.From(ClassifierError.UnknownModel, "Ask for another.") with { Models = ["flowers", "digits"] } },
            Failed with { Model = "flowers" },
            Failed with { Model = "flowers", Version = "12", Source = Source with { Bytes = 0 } },
        ];

        await ResultSchema.AssertValidAsync([.. results.Select(Json)]);
    }

    [Fact]
    public async Task Schema_NewFields_AreValid()
    {
        var result = JsonNode.Parse(Json(Succeeded))!;
        JsonObject[] places = [result.AsObject(), result["source"]!.AsObject(), result["image"]!.AsObject(), result["predictions"]![0]!.AsObject()];
        foreach (var place in places)
            place["new"] = new JsonObject { ["field"] = 1 };

        await ResultSchema.AssertValidAsync(result.ToJsonString());
    }

    [Fact]
    public async Task Schema_AnyFieldMissing_IsRefused()
    {
        var mutants = AllFields().Select(field => (field.Path, Mutate(field.Document, field.Path, (parent, name) => parent.Remove(name)))).ToArray();

        Assert.Equal(18 + 13, mutants.Length);
        await AssertRefusedAsync(mutants);
    }

    [Fact]
    public async Task Schema_AnyFieldOfAnotherType_IsRefused()
        => await AssertRefusedAsync([.. AllFields().SelectMany(field => WrongValues.Select(value => Set(field.Document, field.Path, value)))]);

    [Fact]
    public async Task Schema_BrokenPromise_IsRefused()
    {
        var document = Json(Succeeded);
        var failed = Json(Failed);
        var error = JsonNode.Parse(failed)!["error"]!.ToJsonString();
        var predictions = JsonNode.Parse(document)!["predictions"]!.ToJsonString();

        await AssertRefusedAsync(
            Set(document, "$schema", "\"urn:classifier-functions:upload-result:2\""),
            Set(document, "status", "\"pending\""),
            Set(document, "status", "\"failed\""),
            Set(failed, "status", "\"succeeded\""),
            Set(document, "error", error),
            Set(failed, "predictions", predictions),
            Set(document, "version", "\"1.0\""),
            Set(document, "predictions", "[]"),
            Set(document, "predictions.0.score", "1.0001"),
            Set(document, "predictions.0.score", "-0.1"),
            Set(document, "predictions.0.score", "\"0.5\""),
            Set(document, "predictions.0.index", "0.5"),
            Set(document, "image.width", "0"),
            Set(document, "image.format", "\"image/jpeg\""),
            Set(document, "source.etag", "\"\\\"0x8DC5AF5D3A2B100\\\"\""),
            Set(document, "source.bytes", "-1"),
            Set(document, "source.uploaded", "\"2026-11-24\""),
            Set(document, "source.classified", "\"2026-11-24T08:30:00\""),
            Set(failed, "error.type", "\"about:blank\""),
            Set(failed, "error.type", "\"urn:classifier-functions:Empty Image\""),
            Set(failed, "error.status", "200"),
            Set(failed, "error.detail", "\"\""),
            Set(failed, "error.models", "[1]"));
    }

    [Fact]
    public async Task Schema_ExamplesOfTheDocs_AreValid()
    {
        var examples = Example().Matches(await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs", "results.md"))).Select(match => match.Groups[1].Value).ToArray();

        Assert.Equal(2, examples.Length);
        await ResultSchema.AssertValidAsync(examples);
    }

    [Fact]
    public void Schema_Identifier_IsThatOfTheDocuments()
        => Assert.Equal(UploadResult.SchemaId, JsonElement.Parse(File.ReadAllText(ResultSchema.Path)).GetProperty("$id").GetString());

    private static string Json(UploadResult result) => JsonSerializer.Serialize(result, ClassifierJson.Types.UploadResult);

    private static async Task AssertRefusedAsync(params (string Path, string Json)[] mutants)
        => Assert.All((await ResultSchema.FindErrorsAsync([.. mutants.Select(mutant => mutant.Json)])).Zip(mutants),
            answer => Assert.True(answer.First.Length > 0, $"Accepted, although {answer.Second.Path} is wrong: {answer.Second.Json}"));

    // The paths of all fields of a result of each status, with the first of each array's items.
    private static IEnumerable<(string Document, string Path)> AllFields()
        => new[] { Json(Succeeded), Json(Failed) }.SelectMany(document => Fields(JsonNode.Parse(document), "").Select(path => (document, path)));

    private static IEnumerable<string> Fields(JsonNode? node, string prefix) => node switch
    {
        JsonObject fields => fields.SelectMany(field => Fields(field.Value, $"{prefix}{field.Key}.").Prepend(prefix + field.Key)),
        JsonArray items => Fields(items[0], prefix + "0."),
        _ => [],
    };

    private static (string Path, string Json) Set(string document, string path, string value)
        => (path, Mutate(document, path, (parent, name) => parent[name] = JsonNode.Parse(value)));

    private static string Mutate(string document, string path, Action<JsonObject, string> change)
    {
        var root = JsonNode.Parse(document)!;
        var steps = path.Split('.');
        var parent = steps[..^1].Aggregate(root, (node, step) => node is JsonArray items ? items[int.Parse(step, CultureInfo.InvariantCulture)]! : node[step]!);
        change(parent.AsObject(), steps[^1]);
        return root.ToJsonString();
    }

    [GeneratedRegex(@"```json\n(.*)\n```")]
    private static partial Regex Example();
}
