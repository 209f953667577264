using System.Text;
using System.Text.Json;
using ClassifierFunctions.ModelTool.Upload;
using ClassifierFunctions.Results;

namespace ClassifierFunctions.Tests.Unit.ModelTool.Upload;

public sealed class ResultDocumentTests
{
    private const string Source = """ "source":{"name":"m/a.jpg","etag":"0x1","bytes":3,"uploaded":"2026-01-02T03:04:05+00:00","classified":"2026-01-02T03:04:06+00:00"} """;

    private const string Image = """ "image":{"format":"jpeg","width":4,"height":3} """;

    private const string Predictions = """ "predictions":[{"label":"oak","score":0.75,"index":3}] """;

    [Fact]
    public void Parse_WhatTheAppWrites_GivesTheSame()
    {
        var written = new UploadResult
        {
            Status = UploadResult.Succeeded,
            Model = "m",
            Version = "2",
            Predictions = [new("chêne", 0.75f, 3)],
            Image = new("png", 4, 3),
            Source = new("m/ü.jpg", "0x8DE", 7, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddSeconds(1)),
        };

        var read = ResultDocument.Parse(JsonSerializer.SerializeToUtf8Bytes(written, ClassifierJson.Types.UploadResult));

        Assert.Equal(written.Predictions, read.Predictions);
        Assert.Equal(written with { Predictions = null }, read with { Predictions = null });
    }

    [Fact]
    public void Parse_NewerDocument_PassesOverWhatIsNotKnown()
    {
        var read = Parse($$"""{"$schema":"{{UploadResult.SchemaId}}","status":"succeeded","new":{"a":[1]},{{Predictions}},{{Image}},{{Source}}}""");

        Assert.Equal([new Prediction("oak", 0.75f, 3)], read.Predictions);
    }

    [Fact]
    public void Parse_Failed_GivesItsProblem()
    {
        var read = Parse($$"""{"$schema":"{{UploadResult.SchemaId}}","status":"failed","error":{"type":"t","title":"T","status":415,"detail":"d"},{{Source}}}""");

        Assert.Equal(new Problem("t", "T", 415, "d"), read.Error);
    }

    public static TheoryData<string> Invalid =>
    [
        "",
        "null",
        "[]",
        "{}",
        "{",
        "\"text\"",
        $$"""{"$schema":"urn:classifier-functions:upload-result:2","status":"succeeded",{{Predictions}},{{Image}},{{Source}}}""",
        $$"""{"status":"succeeded",{{Predictions}},{{Image}}}""",
        $$"""{"status":"succeeded",{{Predictions}},{{Image}},"source":null}""",
        $$"""{"status":"succeeded",{{Predictions}},{{Image}},"source":{"name":"a"} }""",
        $$"""{"status":"succeeded",{{Predictions}},{{Source}}}""",
        $$"""{"status":"succeeded",{{Image}},{{Source}}}""",
        $$"""{"status":"succeeded","predictions":[null],{{Image}},{{Source}}}""",
        $$"""{"status":"succeeded","predictions":[{"label":null,"score":1,"index":0}],{{Image}},{{Source}}}""",
        $$"""{"status":"succeeded","predictions":[{"label":"a","score":"high","index":0}],{{Image}},{{Source}}}""",
        $$"""{"status":"failed",{{Source}}}""",
        $$"""{"status":"failed","error":{},{{Source}}}""",
        $$"""{"status":"pending",{{Source}}}""",
        $$"""{"status":null,{{Source}}}""",
    ];

    [Theory]
    [MemberData(nameof(Invalid))]
    public void Parse_WhatIsNoResult_Throws(string json) => Assert.Throws<FormatException>(() => Parse(json));

    private static UploadResult Parse(string json) => ResultDocument.Parse(Encoding.UTF8.GetBytes(json));
}
