using System.Text;
using System.Text.RegularExpressions;

namespace ClassifierFunctions.ModelTool.TensorFlow.Sources;

/// <summary>
/// The file <c>checkpoint</c> that TensorFlow keeps in a folder of checkpoints: CheckpointState as protobuf text (checkpoint_state.proto).
/// </summary>
internal static partial class CheckpointState
{
    public const string FileName = "checkpoint";

    /// <returns>Prefix of the newest checkpoint, as it was on the machine that trained.</returns>
    /// <exception cref="ImportException">The file names none.</exception>
    public static string ReadNewest(string file)
    {
        // The file is a few lines; what is a megabyte is something else.
        var text = new FileInfo(file).Length <= 1 << 20 ? File.ReadAllText(file) : "";
        return Newest().Match(text) is { Success: true } match && Unescape(match.Groups["path"].Value) is { Length: > 0 } path
            ? path
            : throw new ImportException($"{file} has no line model_checkpoint_path: \"...\", so it is not what TensorFlow writes; "
                + "give the checkpoint's prefix instead of the folder.");
    }

    // Escapes of protobuf text are C's; octal and hexadecimal ones are bytes of UTF-8.
    private static string Unescape(string text)
        => Encoding.UTF8.GetString([.. Part().Matches(text).SelectMany(part => part.Groups switch
        {
            [_, { Success: true } octal, ..] => [(byte)Convert.ToInt32(octal.Value, 8)],
            [_, _, { Success: true } hexadecimal, ..] => [Convert.ToByte(hexadecimal.Value, 16)],
            [_, _, _, { Success: true } letter, ..] => Encoding.UTF8.GetBytes(letter.Value switch { "n" => "\n", "t" => "\t", var other => other }),
            _ => Encoding.UTF8.GetBytes(part.Value),
        })]);

    [GeneratedRegex("""^\s*model_checkpoint_path:\s*(["'])(?<path>(?:\\.|(?!\1)[^\\\r\n])*)\1""", RegexOptions.Multiline)]
    private static partial Regex Newest();

    [GeneratedRegex(@"\\([0-7]{1,3})|\\x([0-9A-Fa-f]{1,2})|\\(.)|[^\\]+", RegexOptions.Singleline)]
    private static partial Regex Part();
}
