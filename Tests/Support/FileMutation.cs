namespace ClassifierFunctions.Tests.Support;

/// <summary>A change to a file: at a place and of a length that are shares of the file's.</summary>
internal sealed record FileMutation(FileMutation.Kind Change, double At, double Length, byte Value)
{
    public enum Kind
    {
        SetByte,
        FlipBit,
        SetWord,
        Fill,
        Delete,
        Repeat,
        CutOff,
    }

    public byte[] Apply(byte[] file)
    {
        if (file.Length == 0)
            return file;
        var at = (int)(At * (file.Length - 1));
        var length = (int)Math.Min(1 + (Length * Length * file.Length / 4), file.Length - at);
        switch (Change)
        {
            case Kind.Delete:
                return [.. file[..at], .. file[(at + length)..]];
            case Kind.Repeat:
                return [.. file[..(at + length)], .. file[at..]];
            case Kind.CutOff:
                return file[..at];
        }

        var changed = file.ToArray();
        switch (Change)
        {
            case Kind.FlipBit:
                changed[at] ^= (byte)(1 << (Value & 7));
                break;
            case Kind.SetWord:
                changed.AsSpan(at, Math.Min(2, file.Length - at)).Fill(Value);
                break;
            case Kind.Fill:
                changed.AsSpan(at, length).Fill(Value);
                break;
            default:
                changed[at] = Value;
                break;
        }

        return changed;
    }
}
