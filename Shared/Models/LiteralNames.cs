using System.Globalization;
using System.Text;

namespace ClassifierFunctions.Models;

/// <summary>Reads class names from a list or dictionary as Python prints it (<c>{0: 'cat', 1: "dog's"}</c>), or from the same in JSON.</summary>
internal ref struct LiteralNames
{
    private readonly ReadOnlySpan<char> _text;
    private int _at;

    private LiteralNames(ReadOnlySpan<char> text) => _text = text;

    /// <returns>The names by class number; null when the text is anything else, or numbers its classes with gaps.</returns>
    public static IReadOnlyList<string>? Read(string text)
    {
        var reader = new LiteralNames(text);
        var names = reader.Take('[') ? reader.Names(']') : reader.Take('(') ? reader.Names(')') : reader.Take('{') ? reader.NumberedNames() : null;
        return names is { Count: > 0 } && reader.AtEnd() ? names : null;
    }

    private List<string>? Names(char close)
    {
        var names = new List<string>();
        while (!Take(close))
        {
            if (Text() is not { } name || !TakeSeparator(close))
                return null;
            names.Add(name);
        }

        return names;
    }

    private List<string>? NumberedNames()
    {
        var names = new SortedDictionary<int, string>();
        while (!Take('}'))
        {
            if (Number() is not { } number || !Take(':') || Text() is not { } name || !names.TryAdd(number, name) || !TakeSeparator('}'))
                return null;
        }

        return names.Count > 0 && names.Keys.Last() == names.Count - 1 ? [.. names.Values] : null;
    }

    // Python's numbers; JSON has them as text.
    private int? Number()
    {
        Skip();
        var start = _at;
        while (_at < _text.Length && char.IsAsciiDigit(_text[_at]))
            _at++;
        var digits = _at > start ? _text[start.._at] : Text();
        return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
    }

    private string? Text()
    {
        Skip();
        if (_at >= _text.Length || _text[_at] is not ('\'' or '"'))
            return null;
        var quote = _text[_at];
        var text = new StringBuilder();
        for (_at++; _at < _text.Length; _at++)
        {
            if (_text[_at] == quote)
            {
                _at++;
                return text.ToString();
            }

            if (_text[_at] != '\\')
                text.Append(_text[_at]);
            else if (!Escape(text))
                return null;
        }

        return null;
    }

    // Leaves the position at the escape's last character.
    private bool Escape(StringBuilder text)
    {
        if (++_at >= _text.Length)
            return false;
        var digits = _text[_at] switch { 'x' => 2, 'u' => 4, 'U' => 8, _ => 0 };
        if (digits == 0)
        {
            text.Append(_text[_at] switch { 'n' => '\n', 't' => '\t', 'r' => '\r', 'b' => '\b', 'f' => '\f', var other => other });
            return true;
        }

        if (_at + digits >= _text.Length || !uint.TryParse(_text.Slice(_at + 1, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
            return false;
        _at += digits;
        // Below 0x10000 as it is: JSON writes the rest as two halves.
        if (code <= char.MaxValue)
            text.Append((char)code);
        else if (Rune.IsValid(code))
            text.Append(new Rune(code));
        return code <= char.MaxValue || Rune.IsValid(code);
    }

    private bool TakeSeparator(char close)
    {
        Skip();
        return Take(',') || (_at < _text.Length && _text[_at] == close);
    }

    private bool Take(char character)
    {
        Skip();
        if (_at >= _text.Length || _text[_at] != character)
            return false;
        _at++;
        return true;
    }

    private bool AtEnd()
    {
        Skip();
        return _at == _text.Length;
    }

    private void Skip()
    {
        while (_at < _text.Length && char.IsWhiteSpace(_text[_at]))
            _at++;
    }
}
