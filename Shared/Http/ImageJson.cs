using System.Buffers;
using System.Buffers.Text;
using System.Text.Json;
using ClassifierFunctions.Imaging;
using ClassifierFunctions.Results;

namespace ClassifierFunctions.Http;

/// <summary>Reads <c>{"image": …}</c> or <c>{"images": [ … ]}</c>, each image as base64 or a base64 data URL, without making strings of them.</summary>
internal static class ImageJson
{
    private const string Form = "Send {\"image\": \"<base64>\"} or {\"images\": [\"<base64>\", …]}; a data URL does too.";

    /// <exception cref="ClassifierException">Not JSON of that form, or too many images.</exception>
    public static RequestImages Read(ReadOnlySpan<byte> json, LimitsOptions limits)
    {
        var images = new List<RequestImage>();
        try
        {
            var reader = new Utf8JsonReader(json);
            var isList = ReadObject(ref reader, images, limits);
            return images.Count > 0 ? new RequestImages(images, isList) : throw ImageRequestReader.Invalid($"The JSON has no image. {Form}");
        }
        catch (Exception failure)
        {
            images.ForEach(image => image.Dispose());
            // The reader throws the latter for text that is no Unicode: lone surrogates, invalid UTF-8.
            if (failure is JsonException or InvalidOperationException)
                throw ImageRequestReader.Invalid($"The body is not valid JSON. {Form}");
            throw;
        }
    }

    private static bool ReadObject(ref Utf8JsonReader reader, List<RequestImage> images, LimitsOptions limits)
    {
        var isList = false;
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            throw ImageRequestReader.Invalid($"The JSON is not an object. {Form}");
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var (one, several) = (reader.ValueTextEquals("image"u8), reader.ValueTextEquals("images"u8));
            reader.Read();
            if (!one && !several)
            {
                reader.Skip();
                continue;
            }

            if (images.Count > 0 || isList)
                throw ImageRequestReader.Invalid($"The JSON has more than one image or images. {Form}");
            isList = several;
            if (one)
                images.Add(ReadImage(ref reader, limits));
            else
                ReadList(ref reader, images, limits);
        }

        // Anything behind the object is an error, which the reader throws.
        while (reader.Read())
        {
        }

        return isList;
    }

    private static void ReadList(ref Utf8JsonReader reader, List<RequestImage> images, LimitsOptions limits)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
            throw ImageRequestReader.Invalid($"images is not a list. {Form}");
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (images.Count == limits.MaxImagesPerRequest)
                throw ImageRequestReader.TooMany(limits);
            images.Add(ReadImage(ref reader, limits));
        }
    }

    private static RequestImage ReadImage(ref Utf8JsonReader reader, LimitsOptions limits)
    {
        if (reader.TokenType != JsonTokenType.String)
            throw ImageRequestReader.Invalid($"An image is not a string. {Form}");
        var text = ArrayPool<byte>.Shared.Rent(Math.Max(reader.ValueSpan.Length, 1));
        try
        {
            // Unescapes: PHP writes every / of base64 as \/.
            return Decode(text.AsSpan(0, reader.CopyString(text)), limits);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(text);
        }
    }

    private static RequestImage Decode(ReadOnlySpan<byte> text, LimitsOptions limits)
    {
        // RFC 2397: data:image/png;base64,…
        if (text.StartsWith("data:"u8))
        {
            var comma = text.IndexOf((byte)',');
            if (comma < 0 || !text[..comma].EndsWith(";base64"u8))
                return Failed(ImageRequestReader.Invalid("The data URL is not base64: it must begin with data:image/<type>;base64,"));
            text = text[(comma + 1)..];
        }

        if (Base64.GetMaxDecodedFromUtf8Length(text.Length) is var length && length - 2 > limits.MaxImageBytes)
            return Failed(ImageRequestReader.TooManyBytes(limits.MaxImageBytes));
        var bytes = new PooledBytes(length);
        if (Base64.DecodeFromUtf8(text, bytes.Writable.Span, out _, out var written) != OperationStatus.Done)
        {
            bytes.Dispose();
            return Failed(ImageRequestReader.Invalid("The image is not valid base64."));
        }

        bytes.Truncate(written);
        return new RequestImage(null, bytes, null);
    }

    private static RequestImage Failed(ClassifierException failure) => new(null, null, failure);
}
