using System.Text;

namespace ClassifierFunctions.Tests.Load;

/// <summary>An HTTP answer in its connection's buffer: valid until that connection asks again.</summary>
internal readonly ref struct LoadAnswer
{
    private readonly ReadOnlySpan<byte> _fields;

    /// <param name="status">HTTP status code.</param>
    /// <param name="fields">The header's lines after the status line, each ended by CR LF.</param>
    /// <param name="body">The content, not chunked any more.</param>
    public LoadAnswer(int status, ReadOnlySpan<byte> fields, ReadOnlySpan<byte> body)
    {
        Status = status;
        _fields = fields;
        Body = body;
    }

    public int Status { get; }

    public ReadOnlySpan<byte> Body { get; }

    /// <summary>The value of a header field; empty when there is none.</summary>
    public ReadOnlySpan<byte> Header(ReadOnlySpan<byte> name) => Field(_fields, name);

    internal static ReadOnlySpan<byte> Field(ReadOnlySpan<byte> fields, ReadOnlySpan<byte> name)
    {
        while (fields.IndexOf("\r\n"u8) is var end and >= 0)
        {
            var line = fields[..end];
            if (line.Length > name.Length && line[name.Length] == ':' && Ascii.EqualsIgnoreCase(line[..name.Length], name))
                return line[(name.Length + 1)..].Trim((byte)' ');
            fields = fields[(end + 2)..];
        }

        return default;
    }
}
