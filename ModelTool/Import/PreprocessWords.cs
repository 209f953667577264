using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using ClassifierFunctions.Imaging;
using ClassifierFunctions.ModelTool.TensorFlow;
using ClassifierFunctions.ModelTool.TensorFlow.Conversion;

namespace ClassifierFunctions.ModelTool.Import;

/// <summary>Preprocessing said in words, at most one of each kind: range of values, filter, frame, order, mean, std, size.</summary>
internal sealed class PreprocessWords
{
    private const int MaxSide = 4096;

    private const string Known = """
        Words, with commas between them:
          values    unit (x/255, the default), inception (x/127.5-1), imagenet (torchvision's mean and std), caffe (BGR minus
                    ImageNet's mean of 0..255), vgg (the same in RGB), bytes (0..255 as they are), or scale=1/255;
                    with unit, bytes and scale also mean=r:g:b and std=r:g:b
          order     bgr or rgb (the default)
          filter    bilinear (the default), bicubic, nearest, or opencv (bilinear without antialiasing, as cv2.resize)
          frame     stretch (to the input's size, the default), crop (shortest edge, then the middle), or crop=0.875 (the
                    middle 0.875 of the shortest edge)
          size      size=224 or size=320x240 (width x height), where the graph leaves it open
        Or give the path of a preprocessor_config.json.
        """;

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private static readonly Dictionary<string, ValueRange> Ranges = new()
    {
        ["unit"] = ValueRange.Unit,
        ["inception"] = ValueRange.Inception,
        ["imagenet"] = ValueRange.ImageNet,
        ["caffe"] = ValueRange.Caffe,
        ["vgg"] = ValueRange.Vgg,
        ["bytes"] = ValueRange.Bytes,
    };

    private ValueRange? _range;
    private IReadOnlyList<double>? _mean;
    private IReadOnlyList<double>? _std;
    private bool? _bgr;
    private ResampleFilter? _filter;
    private bool _antialias = true;
    private double? _cropShare;
    private bool _saysFrame;

    private PreprocessWords()
    {
    }

    /// <summary>Nothing said.</summary>
    public static PreprocessWords None { get; } = new();

    public (int Width, int Height)? Size { get; private set; }

    /// <exception cref="ImportException">A word is not known, or contradicts another.</exception>
    public static PreprocessWords Parse(string text)
    {
        var words = new PreprocessWords();
        var said = new Dictionary<string, string>();
        foreach (var word in text.ToLowerInvariant().Split(',', StringSplitOptions.TrimEntries))
        {
            var kind = words.Take(word) ?? throw Wrong($"\"{word}\" is not known.");
            if (!said.TryAdd(kind, word))
                throw Wrong($"{said[kind]} and {word} contradict each other.");
        }

        if (words._range?.Mean is not null && (words._mean ?? words._std) is not null)
            throw Wrong($"{said["values"]} has a mean and a deviation of its own; give mean and std with unit, bytes or scale.");
        if (words._mean is { } mean && words._std is { } std && mean.Count != std.Count)
            throw Wrong($"{said["mean"]} has {mean.Count} values and {said["std"]} has {std.Count}.");
        return words;
    }

    /// <summary>The preprocessing for an input.</summary>
    /// <exception cref="ImportException">What was said does not fit it.</exception>
    public Preprocessing For(ImportInput input)
    {
        var name = $"input {input.Name}";
        if (Size is { } size && size != (input.Width, input.Height))
            throw Wrong($"size is {size.Width} x {size.Height}, but {name} wants {input.Width} x {input.Height}.");
        var isByte = input.Element == TensorElement.UInt8;
        // A graph that brings bytes to a range itself tells what it wants.
        var start = _range is null && (_mean ?? _std) is null ? input.Start : null;
        var range = _range ?? (isByte || start is not null ? ValueRange.Bytes : ValueRange.Unit);
        if ((_mean ?? _std) is { } given)
            range = range with { Mean = _mean ?? [.. given.Select(_ => 0.0)], Std = _std ?? [.. given.Select(_ => 1.0)] };
        if (isByte && range != ValueRange.Bytes)
            throw Wrong($"{name} takes whole bytes (uint8), so the values must be as they are: bytes.");
        if (input.Channels == 1 && (_bgr == true || range.IsBgr == true))
            throw Wrong($"{name} is grey (one channel), so there is no BGR.");
        if (input.Channels == 1 && range.Mean is { Count: > 1 })
            throw Wrong($"{name} is grey (one channel), but there are {range.Mean.Count} means; give one, as mean=0.45,std=0.23.");
        var bgr = _bgr ?? range.IsBgr ?? (input.Channels > 1 && start?.IsBgr == true);
        return new(Json(input, range, bgr).ToJsonString(Indented) + "\n", Description(input, range, bgr), Assumption(input, range, bgr, start));
    }

    private static ImportException Wrong(string what) => new($"--preprocess: {what}\n{Known}");

    /// <returns>The word's kind; null for a word that is not known.</returns>
    private string? Take(string word)
    {
        var (name, value) = word.Split('=', 2) is [var before, var after] ? (before.Trim(), after.Trim()) : (word, null);
        switch (name)
        {
            case "scale" when value is not null:
                _range = new(Factor(word, value));
                return "values";
            case "mean" when value is not null:
                _mean = Numbers(word, value);
                return "mean";
            case "std" when value is not null:
                _std = Numbers(word, value);
                return _std.All(std => std > 0) ? "std" : throw Wrong($"{word}: deviations must be above 0.");
            case "size" when value is not null:
                Size = Sides(word, value);
                return "size";
            case "crop" when value is not null:
                (_cropShare, _saysFrame) = (Number(word, value), true);
                return _cropShare is > 0 and <= 1 ? "frame" : throw Wrong($"{word}: the share must be above 0 and at most 1.");
            case var _ when value is not null:
                return null;
            case "crop":
                (_cropShare, _saysFrame) = (1, true);
                return "frame";
            case "stretch":
                _saysFrame = true;
                return "frame";
            case "bgr" or "rgb":
                _bgr = name == "bgr";
                return "order";
            case "opencv":
                (_filter, _antialias) = (ResampleFilter.Bilinear, false);
                return "filter";
            case "nearest" or "bilinear" or "bicubic":
                _filter = Enum.Parse<ResampleFilter>(name, ignoreCase: true);
                return "filter";
            default:
                return Ranges.TryGetValue(name, out _range) ? "values" : null;
        }
    }

    private static double Number(string word, string text)
        => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? number
            : throw Wrong($"{word}: \"{text}\" is not a number.");

    private static double Factor(string word, string text)
    {
        var factor = text.Split('/', 2) is [var above, var below] ? Number(word, above) / Number(word, below) : Number(word, text);
        return factor > 0 && double.IsFinite(factor) ? factor : throw Wrong($"{word}: the factor must be above 0.");
    }

    private static double[] Numbers(string word, string text)
    {
        var numbers = text.Split(':').Select(number => Number(word, number)).ToArray();
        return numbers.Length is 1 or 3 ? numbers : throw Wrong($"{word}: give three values (red, green, blue) or one for all.");
    }

    private static (int Width, int Height) Sides(string word, string text)
    {
        var sides = text.Split('x').Select(side => int.TryParse(side, NumberStyles.None, CultureInfo.InvariantCulture, out var length) ? length : 0).ToArray();
        return sides.Length is 1 or 2 && sides.All(side => side is > 0 and <= MaxSide)
            ? (sides[0], sides[^1])
            : throw Wrong($"{word}: give one side, or width x height, of 1 to {MaxSide} pixels.");
    }

    private JsonObject Json(ImportInput input, ValueRange range, bool bgr)
    {
        var sides = new JsonObject { ["height"] = input.Height, ["width"] = input.Width };
        var json = new JsonObject
        {
            ["do_resize"] = true,
            ["size"] = _cropShare is { } share ? new JsonObject { ["shortest_edge"] = ShortestEdge(input, share) } : sides,
            ["resample"] = (int)(_filter ?? ResampleFilter.Bilinear),
            ["do_center_crop"] = _cropShare is not null,
        };
        if (_cropShare is not null)
            json["crop_size"] = sides;
        if (!_antialias)
            json["antialias"] = false;
        json["do_rescale"] = range.Scale != 1;
        if (range.Scale != 1)
            json["rescale_factor"] = range.Scale;
        json["do_normalize"] = range.Mean is not null;
        if (range.Mean is not null)
            (json["image_mean"], json["image_std"]) = (PerChannel(range.Mean, input.Channels), PerChannel(range.Std!, input.Channels));
        if (bgr)
            json["do_flip_channel_order"] = true;
        return json;
    }

    private static int ShortestEdge(ImportInput input, double share) => (int)Math.Round(Math.Max(input.Width, input.Height) / share);

    private static JsonArray PerChannel(IReadOnlyList<double> values, int channels)
        => [.. Enumerable.Range(0, channels).Select(channel => (JsonNode)values[Math.Min(channel, values.Count - 1)])];

    private string Frame(ImportInput input)
    {
        var size = $"{input.Width} x {input.Height}";
        return _cropShare is { } share
            ? $"resized to a shortest edge of {ShortestEdge(input, share)} pixels and cropped to the middle {size}"
            : $"stretched to {size} pixels";
    }

    private string Filter() => (_filter ?? ResampleFilter.Bilinear).ToString().ToLowerInvariant() + (_antialias ? "" : " without antialiasing");

    private static string Order(ImportInput input, bool bgr) => input.Channels == 1 ? "grey" : bgr ? "BGR" : "RGB";

    private string Description(ImportInput input, ValueRange range, bool bgr)
        => $"An image is {Frame(input)} ({Filter()}); the model gets {Order(input, bgr)}, and a byte x becomes {range}.";

    private string? Assumption(ImportInput input, ValueRange range, bool bgr, InputStart? start)
    {
        var byStart = start is null ? "" : $", since {start.Node} brings bytes to its range";
        string?[] assumed =
        [
            _range is null && (_mean ?? _std) is null && input.Element != TensorElement.UInt8 ? $"values of {range}{byStart}" : null,
            input.Channels > 1 && _bgr is null && _range?.IsBgr is null ? Order(input, bgr) + (start?.IsBgr is null ? "" : ", in which it has ImageNet's mean colour") : null,
            _saysFrame ? null : $"images {Frame(input)}",
            _filter is null ? $"a {Filter()} filter" : null,
        ];
        var all = string.Join(", ", assumed.OfType<string>());
        return all.Length == 0 ? null : $"TensorFlow's files do not say how images were prepared, so this is assumed: {all}.";
    }
}
