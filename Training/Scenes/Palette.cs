using SkiaSharp;

namespace ClassifierFunctions.Training.Scenes;

/// <summary>A few colours that occur together: related hues, one that contrasts, and muted tones as most things have.</summary>
internal sealed class Palette
{
    private readonly List<SKColor> _colours = [];

    public Palette(Stage stage, int count = 7)
    {
        var hue = stage.Range(0, 360);
        var vivid = stage.Range(0.2f, 0.75f);
        for (var i = 0; i < count; i++)
        {
            var turn = i % 4 == 3 ? 150 + 60 * stage.Bell() / 2 : 28 * stage.Bell();
            var saturation = vivid * stage.Range(0.15f, 1.1f);
            _colours.Add(Tint.Hsv(hue + turn, saturation, 0.12f + 0.85f * (i + stage.Range(0, 1)) / count));
        }
    }

    public SKColor Any(Stage stage) => stage.Pick(_colours);

    /// <summary>One of the colours, somewhat lighter or darker.</summary>
    public SKColor Varied(Stage stage) => Tint.Scale(stage.Pick(_colours), stage.Range(0.75f, 1.25f));

    public SKColor Dark => _colours[0];

    public SKColor Light => _colours[^1];
}
