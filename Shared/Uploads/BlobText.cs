using System.Text;
using System.Xml;

namespace ClassifierFunctions.Uploads;

/// <summary>What names of blobs are made of. Lists of them are XML, which has neither control characters nor lone surrogates, U+FFFE or U+FFFF.</summary>
internal static class BlobText
{
    /// <summary>True when a list of blobs can hold it.</summary>
    public static bool IsListable(ReadOnlySpan<char> name)
    {
        while (!name.IsEmpty)
        {
            var length = Length(name);
            if (length == 0)
                return false;
            name = name[length..];
        }

        return true;
    }

    /// <summary>The same with <c>_</c> for each character that a list cannot hold.</summary>
    public static string Listable(ReadOnlySpan<char> name)
    {
        var text = new StringBuilder();
        while (!name.IsEmpty)
        {
            var length = Length(name);
            if (length > 0)
                text.Append(name[..length]);
            else
                text.Append('_');
            name = name[Math.Max(length, 1)..];
        }

        return text.ToString();
    }

    // Code units of the first character; 0 when a list cannot hold it.
    private static int Length(ReadOnlySpan<char> name)
        => char.IsControl(name[0]) ? 0
            : XmlConvert.IsXmlChar(name[0]) ? 1
            : name.Length > 1 && XmlConvert.IsXmlSurrogatePair(name[1], name[0]) ? 2
            : 0;
}
