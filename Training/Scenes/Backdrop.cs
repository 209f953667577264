using SkiaSharp;

namespace ClassifierFunctions.Training.Scenes;

/// <summary>What stands behind a subject: a plain wall, or things out of focus; and the ground it stands on.</summary>
internal static class Backdrop
{
    public static void Paint(Stage stage, Palette palette)
    {
        var behind = palette.Any(stage);
        if (stage.Chance(0.35f))
            stage.Gradient(
                stage.Bounds, new SKPoint(0, 0), new SKPoint(stage.Range(-1, 1), stage.Height), Tint.Scale(behind, 1.25f), Tint.Scale(behind, 0.6f));
        else
            stage.OutOfFocus(stage.Whole(24, 60), small => Distance(small, palette));
        var floor = stage.Height * stage.Range(0.62f, 0.85f);
        Ground(stage, Tint.Mix(palette.Varied(stage), new SKColor(150, 130, 105), 0.5f), floor);
    }

    private static void Distance(Stage stage, Palette palette)
    {
        var (top, low) = (palette.Varied(stage), palette.Varied(stage));
        stage.Gradient(stage.Bounds, new SKPoint(0, 0), new SKPoint(0, stage.Height), top, low);
        var count = stage.Whole(12, 60);
        for (var i = 0; i < count; i++)
        {
            var (x, y, r) = (stage.Range(0, stage.Width), stage.Range(0, stage.Height), stage.Range(0.03f, 0.16f));
            var colour = Tint.Clear(palette.Varied(stage), stage.Range(0.3f, 0.9f));
            if (stage.Chance(0.3f))
                stage.Fill(new SKRect(x, y - r * 3, x + r, y + r * 3), colour);
            else
                stage.Disc(x, y, r, colour);
        }
    }

    // Its far edge lies behind the subject and is therefore soft: a gradient from nothing.
    private static void Ground(Stage stage, SKColor colour, float floor)
    {
        var soft = stage.Range(0.02f, 0.1f);
        stage.Gradient(
            new SKRect(0, floor - soft, stage.Width, floor), new SKPoint(0, floor - soft), new SKPoint(0, floor), Tint.Clear(colour, 0), colour);
        var area = new SKRect(0, floor, stage.Width, stage.Height);
        stage.Gradient(area, new SKPoint(0, floor), new SKPoint(0, stage.Height), colour, Tint.Scale(colour, 0.7f));
        // Only the near ground is in focus.
        var near = new SKRect(0, floor + (stage.Height - floor) * 0.35f, stage.Width, stage.Height);
        switch (stage.Whole(0, 4))
        {
            case 0:
                Plants.Grass(stage, near.Top, stage.Height + 0.05f, (int)(700 * stage.Width), Tint.Mix(colour, new SKColor(90, 130, 50), 0.7f));
                break;
            case 1:
                stage.Texture(area, Tile.Strokes, Tint.Clear(Tint.Scale(colour, 0.5f), 0.5f), new SKSize(1.6f, 0.4f));
                break;
            case 2:
                stage.Texture(area, Tile.Gravel, Tint.Clear(Tint.Scale(colour, 1.3f), 0.5f), new SKSize(0.7f, 0.4f));
                break;
            case 3:
                stage.Texture(area, Tile.Weave, Tint.Clear(Tint.Scale(colour, 0.6f), 0.5f), new SKSize(0.9f, 0.6f), stage.Range(-30, 30));
                break;
            default:
                stage.Texture(area, Tile.Cloud, Tint.Clear(Tint.Scale(colour, 0.6f), 0.5f), new SKSize(0.8f, 0.4f));
                break;
        }
    }
}
