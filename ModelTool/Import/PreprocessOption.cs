using ClassifierFunctions.Models;
using ClassifierFunctions.ModelTool.TensorFlow;

namespace ClassifierFunctions.ModelTool.Import;

/// <summary><c>--preprocess</c>: words, or a <c>preprocessor_config.json</c> that is taken over as it is.</summary>
internal sealed class PreprocessOption
{
    private const string Extension = ".json";

    private readonly PreprocessWords? _words;
    private readonly string? _path;

    private PreprocessOption(PreprocessWords words) => (_words, Size) = (words, words.Size);

    private PreprocessOption(string path, (int Width, int Height)? size) => (_path, Size) = (path, size);

    /// <summary>The size of image that it names, pixels; null when it goes by the model's input.</summary>
    public (int Width, int Height)? Size { get; }

    /// <param name="text">Words with commas between them, or the path of a file; null when nothing was said.</param>
    /// <exception cref="ImportException">A word is not known or contradicts another, or the file cannot be used.</exception>
    public static PreprocessOption Parse(string? text)
    {
        if (text is null)
            return new(PreprocessWords.None);
        if (!File.Exists(text))
        {
            return text.EndsWith(Extension, StringComparison.OrdinalIgnoreCase)
                ? throw new ImportException($"--preprocess: there is no file {text}.")
                : new(PreprocessWords.Parse(text));
        }

        try
        {
            return new(text, PreprocessorConfigReader.Read(text).OutputSize);
        }
        catch (ModelFormatException unusable)
        {
            throw new ImportException($"--preprocess {text}: {unusable.Message}", unusable);
        }
    }

    /// <summary>The preprocessing for a model's input.</summary>
    /// <exception cref="ImportException">It does not fit the input.</exception>
    public Preprocessing For(ImportInput input)
        => _words?.For(input) ?? new(File.ReadAllText(_path!), $"As `preprocessor_config.json` says, which was given as {Path.GetFileName(_path)}.", null);
}
