using SkiaSharp;

namespace ClassifierFunctions.Training.Scenes;

/// <summary>Round things with a lit side, a shaded side and a highlight.</summary>
internal static class Vessels
{
    /// <summary>A turned vase with bands, and often flowers in it.</summary>
    public static void Vase(Stage stage, float x, float foot, float height, SKColor colour)
    {
        if (stage.Chance(0.6f))
            Bouquet(stage, x, foot - height, height);
        var (belly, neck) = (height * stage.Range(0.28f, 0.45f), height * stage.Range(0.1f, 0.22f));
        using var outline = new SKPathBuilder();
        outline.MoveTo(x - neck, foot - height);
        outline.CubicTo(x - neck, foot - height * 0.7f, x - belly * 1.4f, foot - height * 0.45f, x - belly * 0.6f, foot);
        outline.LineTo(x + belly * 0.6f, foot);
        outline.CubicTo(x + belly * 1.4f, foot - height * 0.45f, x + neck, foot - height * 0.7f, x + neck, foot - height);
        outline.Close();
        using var shape = outline.Detach();
        Round(stage, shape, x, belly, colour);
        var canvas = stage.Canvas;
        canvas.Save();
        canvas.ClipPath(shape, SKClipOperation.Intersect, true);
        var bands = stage.Whole(0, 3);
        for (var band = 0; band < bands; band++)
        {
            var y = foot - height * (0.25f + 0.2f * band);
            stage.Fill(new SKRect(x - belly * 2, y, x + belly * 2, y + height * 0.05f), Tint.Clear(Tint.Mix(colour, SKColors.White, 0.7f), 0.7f));
        }

        canvas.Restore();
        stage.Oval(x, foot - height, neck, neck * 0.22f, Tint.Scale(colour, 0.4f));
        stage.Oval(x - belly * 0.4f, foot - height * 0.5f, belly * 0.1f, height * 0.12f, Tint.Clear(SKColors.White, 0.75f));
    }

    /// <summary>A fruit or ball, maybe patterned.</summary>
    public static void Ball(Stage stage, float x, float foot, float radius, SKColor colour)
    {
        var y = foot - radius;
        Light.Shadow(stage, x + radius * 0.3f, foot, radius * 1.3f, radius * 0.3f, 0.7f);
        using var shape = Shapes.Oval(x, y, radius, radius * stage.Range(0.9f, 1));
        stage.Glow(
            shape, new SKPoint(x - radius * 0.4f, y - radius * 0.4f), radius * 1.6f, Tint.Mix(colour, SKColors.White, 0.35f), colour,
            Tint.Scale(colour, 0.3f));
        if (stage.Chance(0.7f))
            stage.Texture(
                shape, (Tile)stage.Whole(0, 5), Tint.Clear(Tint.Scale(colour, 0.5f), 0.45f), new SKSize(radius * 2.5f, radius * 2.5f),
                stage.Range(0, 90));
        stage.Oval(x - radius * 0.38f, y - radius * 0.42f, radius * 0.16f, radius * 0.11f, Tint.Clear(SKColors.White, 0.85f));
    }

    /// <summary>A mug with a handle and a printed stripe.</summary>
    public static void Mug(Stage stage, float x, float foot, float height, SKColor colour)
    {
        var half = height * 0.42f;
        Light.Shadow(stage, x + half * 0.4f, foot, half * 1.6f, half * 0.4f, 0.7f);
        using var handle = Shapes.Oval(x + half, foot - height * 0.52f, half * 0.5f, height * 0.28f);
        stage.Stroke(handle, half * 0.2f, Tint.Scale(colour, 0.7f));
        var body = new SKRect(x - half, foot - height, x + half, foot);
        using var outline = new SKPathBuilder();
        outline.AddRoundRect(body, half * 0.3f, half * 0.3f);
        using var shape = outline.Detach();
        Round(stage, shape, x, half, colour);
        stage.Fill(new SKRect(body.Left, foot - height * 0.6f, body.Right, foot - height * 0.5f), Tint.Clear(SKColors.White, 0.5f));
        Glyphs.Line(stage, new SKRect(x - half * 0.6f, foot - height * 0.42f, x + half * 0.6f, foot - height * 0.25f), Tint.Scale(colour, 0.25f));
        stage.Oval(x, foot - height + half * 0.06f, half, half * 0.2f, Tint.Scale(colour, 0.85f));
        stage.Oval(x, foot - height + half * 0.09f, half * 0.88f, half * 0.14f, new SKColor(58, 34, 22));
    }

    private static void Round(Stage stage, SKPath shape, float x, float half, SKColor colour) => stage.Gradient(
        shape, new SKPoint(x - half, 0), new SKPoint(x + half, 0),
        Tint.Scale(colour, 0.75f), Tint.Mix(colour, SKColors.White, 0.35f), colour, Tint.Scale(colour, 0.55f), Tint.Scale(colour, 0.3f));

    private static void Bouquet(Stage stage, float x, float y, float height)
    {
        var bloom = Tint.Hsv(stage.Range(0, 360), 0.65f, 0.9f);
        for (var i = 0; i < 9; i++)
        {
            var (tipX, tipY) = (x + height * 0.45f * stage.Bell(), y - height * stage.Range(0.25f, 0.8f));
            stage.Line(x, y, tipX, tipY, height * 0.018f, new SKColor(66, 106, 50));
            for (var petal = 0; petal < 8; petal++)
            {
                var angle = petal * MathF.Tau / 8;
                var reach = height * 0.07f;
                stage.Disc(
                    tipX + reach * MathF.Cos(angle), tipY + reach * MathF.Sin(angle), height * 0.045f, Tint.Scale(bloom, stage.Range(0.7f, 1.15f)));
            }

            stage.Disc(tipX, tipY, height * 0.04f, new SKColor(225, 180, 60));
        }
    }
}
