using SkiaSharp;

namespace ClassifierFunctions.Training.Scenes;

/// <summary>
/// Shapes that occlude each other, with sizes by a power law r^-3: the model of natural images by Lee, Mumford and
/// Huang, "Occlusion models for natural images", IJCV 41, 2001.
/// </summary>
internal static class DeadLeavesScene
{
    private const float Largest = 0.45f;
    private const float Textured = 0.03f;

    public static void Paint(Stage stage)
    {
        var palette = new Palette(stage, 9);
        var form = stage.Whole(0, 4);
        var smallest = 0.014f * MathF.Pow(3.5f, stage.Range(0, 1));
        // So many that the shapes cover the plane about twice.
        var area = MathF.PI * 2 * smallest * smallest * MathF.Log(Largest / smallest);
        var count = (int)(2 * stage.Width * stage.Height / area);
        stage.Fill(stage.Bounds, palette.Any(stage));
        stage.Texture(stage.Bounds, Tile.Cloud, palette.Any(stage), new SKSize(1, 1));
        for (var i = 0; i < count; i++)
            Leaf(stage, palette, Radius(stage, smallest), form == 4 ? stage.Whole(0, 3) : form);
        Light.Side(stage, stage.Range(0.05f, 0.45f));
    }

    // The inverse of the distribution function of r^-3 between the two bounds.
    private static float Radius(Stage stage, float smallest)
    {
        var (a, b) = (1 / (smallest * smallest), 1 / (Largest * Largest));
        return 1 / MathF.Sqrt(a - stage.Range(0, 1) * (a - b));
    }

    private static void Leaf(Stage stage, Palette palette, float radius, int form)
    {
        var canvas = stage.Canvas;
        canvas.Save();
        canvas.Translate(stage.Range(0, stage.Width), stage.Range(0, stage.Height));
        canvas.RotateDegrees(stage.Range(0, 360));
        using var shape = form switch
        {
            0 => Shapes.Oval(0, 0, radius, radius * stage.Range(0.5f, 1)),
            1 => Shapes.Rectangle(new SKRect(-radius, -radius * stage.Range(0.3f, 1), radius, radius * 0.7f)),
            2 => Shapes.Leaf(radius * 2.6f, radius * stage.Range(0.8f, 1.4f)),
            _ => Shapes.Blob(stage, radius, 0.35f),
        };
        var colour = palette.Varied(stage);
        if (radius < Textured)
            stage.Fill(shape, colour);
        else
            Large(stage, palette, shape, radius, colour, form);
        canvas.Restore();
    }

    private static void Large(Stage stage, Palette palette, SKPath shape, float radius, SKColor colour, int form)
    {
        var canvas = stage.Canvas;
        canvas.Save();
        canvas.Translate(radius * 0.05f, radius * 0.06f);
        stage.Fill(shape, Tint.Clear(SKColors.Black, 0.35f));
        canvas.Restore();
        stage.Gradient(
            shape, new SKPoint(-radius, -radius), new SKPoint(radius, radius), Tint.Scale(colour, 1.25f), Tint.Scale(colour, 0.65f));
        // Half of the large shapes stay smooth, as walls and skies are.
        if (stage.Chance(0.5f))
        {
            var size = radius * stage.Range(0.8f, 2.5f);
            stage.Texture(
                shape, (Tile)stage.Whole(0, 5), Tint.Clear(palette.Any(stage), stage.Range(0.15f, 0.6f)), new SKSize(size, size), stage.Range(0, 360));
        }

        if (form == 2)
            Veins(stage, radius, Tint.Scale(colour, 0.6f));
    }

    private static void Veins(Stage stage, float radius, SKColor colour)
    {
        stage.Line(-radius * 1.2f, 0, radius * 1.2f, 0, radius * 0.03f, colour);
        for (var x = -0.8f; x < 0.8f; x += 0.2f)
        {
            var reach = 0.4f * (1 - x * x);
            stage.Line(radius * x, 0, radius * (x + 0.2f), radius * reach, radius * 0.015f, colour);
            stage.Line(radius * x, 0, radius * (x + 0.2f), -radius * reach, radius * 0.015f, colour);
        }
    }
}
