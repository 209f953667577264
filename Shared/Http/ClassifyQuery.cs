using System.Globalization;
using ClassifierFunctions.Inference;
using Microsoft.AspNetCore.Http;

namespace ClassifierFunctions.Http;

/// <summary>Reads <c>?version=&amp;top=&amp;threshold=</c>.</summary>
internal static class ClassifyQuery
{
    public static string? Version(IQueryCollection query) => query["version"].LastOrDefault();

    /// <exception cref="Results.ClassifierException">A value that is not a number, or out of range.</exception>
    public static PredictionOptions Options(IQueryCollection query)
    {
        var options = new PredictionOptions();
        if (query["top"].LastOrDefault() is { Length: > 0 } top)
        {
            options = int.TryParse(top, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count >= 1
                ? options with { Top = count }
                : throw ImageRequestReader.Invalid("top must be a whole number from 1 on.");
        }

        if (query["threshold"].LastOrDefault() is { Length: > 0 } threshold)
        {
            options = float.TryParse(threshold, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var score) && score is >= 0 and <= 1
                ? options with { Threshold = score }
                : throw ImageRequestReader.Invalid("threshold must be a number from 0 to 1.");
        }

        return options;
    }
}
