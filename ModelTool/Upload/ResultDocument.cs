using System.Text.Json;
using ClassifierFunctions.Results;

namespace ClassifierFunctions.ModelTool.Upload;

/// <summary>Reads the document that answers an upload. It may be of a newer app, or not of the app at all.</summary>
internal static class ResultDocument
{
    /// <summary>Many times what a result has.</summary>
    public const int MaxBytes = 1_000_000;

    // As they are written, but nothing that is needed may be missing or null; fields that are not known are passed over.
    private static readonly ClassifierJson Types = new(new JsonSerializerOptions(ClassifierJson.Types.Options)
    {
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    });

    /// <exception cref="FormatException">Not such a document.</exception>
    public static UploadResult Parse(ReadOnlySpan<byte> json)
    {
        UploadResult? result;
        try
        {
            result = JsonSerializer.Deserialize(json, Types.UploadResult);
        }
        catch (JsonException invalid)
        {
            throw new FormatException(invalid.Message, invalid);
        }

        if (result is null)
            throw new FormatException("It is empty.");
        if (result.Schema != UploadResult.SchemaId)
            throw new FormatException($"It is of the form {result.Schema}; this program knows {UploadResult.SchemaId}.");
        var isWhole = result.Status switch
        {
            UploadResult.Succeeded => result is { Error: null, Image: not null, Predictions: { } all } && all.All(prediction => prediction is not null),
            UploadResult.Failed => result is { Error: not null, Predictions: null },
            _ => false,
        };
        return isWhole ? result : throw new FormatException($"Its status is {result.Status}, and it does not have what belongs to that.");
    }
}
