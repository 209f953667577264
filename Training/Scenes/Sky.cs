using SkiaSharp;

namespace ClassifierFunctions.Training.Scenes;

/// <summary>A sky of some hour and weather.</summary>
/// <param name="Zenith">Colour at the top.</param>
/// <param name="Horizon">Colour at the horizon, which is also that of the haze.</param>
/// <param name="Cloud">Colour of lit clouds.</param>
internal sealed record Sky(SKColor Zenith, SKColor Horizon, SKColor Cloud)
{
    private static readonly Sky[] Hours =
    [
        new(new SKColor(52, 110, 196), new SKColor(190, 218, 240), new SKColor(250, 250, 252)),
        new(new SKColor(120, 160, 205), new SKColor(226, 232, 236), new SKColor(255, 252, 246)),
        new(new SKColor(58, 72, 128), new SKColor(250, 186, 128), new SKColor(255, 205, 170)),
        new(new SKColor(130, 138, 150), new SKColor(200, 206, 212), new SKColor(225, 228, 232)),
        new(new SKColor(24, 34, 66), new SKColor(120, 112, 140), new SKColor(96, 92, 122)),
        new(new SKColor(96, 120, 170), new SKColor(246, 216, 190), new SKColor(255, 232, 222)),
    ];

    public static Sky Any(Stage stage) => stage.Pick(Hours);

    /// <summary>Paints down to the horizon.</summary>
    public void Paint(Stage stage, float horizon)
    {
        var area = new SKRect(0, 0, stage.Width, horizon);
        stage.Gradient(area, new SKPoint(0, 0), new SKPoint(0, horizon), Zenith, Tint.Mix(Zenith, Horizon, 0.55f), Horizon);
        if (stage.Chance(0.5f))
            Sun(stage, horizon);
        var cover = stage.Range(0, 1);
        if (cover < 0.2f)
            return;
        var size = stage.Range(0.9f, 2.2f);
        // Clouds are seen from below and far away: wider than high.
        var flat = stage.Range(0.35f, 0.7f);
        stage.Texture(area, Tile.Cloud, Tint.Clear(Tint.Mix(Cloud, Zenith, 0.45f), cover * 0.7f), new SKSize(size, size * flat));
        stage.Texture(area, Tile.Cloud, Tint.Clear(Cloud, cover), new SKSize(size * 1.4f, size * 1.2f * flat));
    }

    private void Sun(Stage stage, float horizon)
    {
        var centre = new SKPoint(stage.Range(0.1f, 0.9f) * stage.Width, horizon * stage.Range(0.2f, 0.85f));
        var warm = new SKColor(255, 246, 220);
        var area = new SKRect(0, 0, stage.Width, horizon);
        stage.Glow(area, centre, 0.5f, Tint.Clear(warm, 0.75f), Tint.Clear(Tint.Mix(warm, Horizon, 0.5f), 0.25f), Tint.Clear(Horizon, 0));
        stage.Disc(centre.X, centre.Y, 0.028f, warm);
    }
}
