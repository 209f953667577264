using SkiaSharp;

namespace ClassifierFunctions.Training.Scenes;

/// <summary>Light and shadow over what is drawn.</summary>
internal static class Light
{
    /// <summary>Darkens the corners as lenses do.</summary>
    public static void Vignette(Stage stage, float strength)
    {
        var radius = MathF.Sqrt(stage.Width * stage.Width + stage.Height * stage.Height) / 2;
        var none = Tint.Clear(SKColors.Black, 0);
        stage.Glow(
            stage.Bounds,
            new SKPoint(stage.Width / 2, stage.Height / 2),
            radius,
            none,
            none,
            Tint.Clear(SKColors.Black, strength * 0.35f),
            Tint.Clear(SKColors.Black, strength));
    }

    /// <summary>Lights one side and shades the other.</summary>
    public static void Side(Stage stage, float strength)
    {
        var angle = stage.Range(0, MathF.Tau);
        var reach = MathF.Max(stage.Width, stage.Height) / 2;
        var (dx, dy) = (MathF.Cos(angle) * reach, MathF.Sin(angle) * reach);
        var (x, y) = (stage.Width / 2, stage.Height / 2);
        stage.Gradient(
            stage.Bounds,
            new SKPoint(x - dx, y - dy),
            new SKPoint(x + dx, y + dy),
            Tint.Clear(new SKColor(255, 250, 235), strength * 0.5f),
            Tint.Clear(SKColors.Gray, 0),
            Tint.Clear(new SKColor(5, 8, 20), strength));
    }

    /// <summary>A soft shadow on the ground.</summary>
    public static void Shadow(Stage stage, float x, float y, float radiusX, float radiusY, float strength)
    {
        stage.Canvas.Save();
        stage.Canvas.Translate(x, y);
        stage.Canvas.Scale(radiusX, radiusY);
        stage.Glow(
            new SKRect(-1, -1, 1, 1),
            new SKPoint(0, 0),
            1,
            Tint.Clear(SKColors.Black, strength),
            Tint.Clear(SKColors.Black, strength * 0.7f),
            Tint.Clear(SKColors.Black, 0));
        stage.Canvas.Restore();
    }
}
