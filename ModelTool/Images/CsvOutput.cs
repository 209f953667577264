using System.Buffers;
using System.Globalization;
using System.Text;
using ClassifierFunctions.Results;

namespace ClassifierFunctions.ModelTool.Images;

/// <summary>CSV as RFC 4180 has it: a line per prediction, best first, or one with the error of an image that failed.</summary>
internal sealed class CsvOutput : IResultOutput
{
    public const string Header = "file,rank,label,score,index,error";

    private static readonly SearchValues<char> Special = SearchValues.Create(",\"\r\n");

    private readonly Stream _stream;

    /// <param name="stream">Receives UTF-8 without a byte order mark.</param>
    public CsvOutput(Stream stream)
    {
        _stream = stream;
        Write(Header);
    }

    public bool IsStreamed => true;

    public bool ShowsErrors => false;

    public void Add(ImageResult result)
    {
        foreach (var (prediction, rank) in (result.Predictions ?? []).Select((prediction, index) => (prediction, index + 1)))
            Write(result.FileName!, $"{rank}", prediction.Label, prediction.Score.ToString(CultureInfo.InvariantCulture), $"{prediction.Index}", "");
        if (result.Error is not null)
            Write(result.FileName!, "", "", "", "", result.Error.Detail);
    }

    public void Complete(string model, string version) => _stream.Flush();

    private void Write(string file, string rank, string label, string score, string index, string error)
        => Write(string.Join(',', Field(file), rank, Field(label), score, index, Field(error)));

    private void Write(string line) => _stream.Write(Encoding.UTF8.GetBytes(line + "\r\n"));

    private static string Field(string text)
        => text.AsSpan().ContainsAny(Special) ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
}
