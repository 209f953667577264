using SkiaSharp;

namespace ClassifierFunctions.Training.Scenes;

/// <summary>Boats, drawn in units of their length around the middle of their water line.</summary>
internal static class Boats
{
    /// <summary>With sails set. The water that is painted later mirrors it.</summary>
    public static void Sailing(Stage stage, float x, float waterline, float length, SKColor hull, SKColor sail) =>
        Placed(stage, x, waterline, length, 1, () =>
        {
            stage.Line(0, 0, 0, -1.25f, 0.018f, new SKColor(92, 70, 54));
            using var main = Curved(0.02f, -1.22f, 0.42f, -0.6f, 0.46f, -0.17f, 0.02f, -0.17f);
            stage.Gradient(main, new SKPoint(0, 0), new SKPoint(0.5f, 0), sail, Tint.Scale(sail, 0.8f));
            using var fore = Curved(-0.02f, -1.1f, -0.3f, -0.55f, -0.5f, -0.16f, -0.04f, -0.2f);
            stage.Gradient(fore, new SKPoint(-0.5f, 0), new SKPoint(0, 0), Tint.Scale(sail, 0.98f), Tint.Scale(sail, 0.75f));
            Hull(stage, hull, new SKColor(150, 44, 40));
        });

    /// <summary>A sloop at rest with its reflection.</summary>
    public static void Moored(Stage stage, float x, float waterline, float length, SKColor hull) =>
        WithReflection(stage, x, waterline, length, () =>
        {
            stage.Line(0.03f, -0.1f, 0.03f, -1.3f, 0.02f, new SKColor(226, 206, 176));
            stage.Line(0.03f, -1.28f, -0.56f, -0.2f, 0.005f, new SKColor(70, 66, 70));
            stage.Line(0.03f, -1.28f, 0.5f, -0.17f, 0.005f, new SKColor(70, 66, 70));
            stage.Line(0.03f, -0.85f, -0.3f, -0.18f, 0.004f, new SKColor(70, 66, 70));
            stage.Line(-0.07f, -0.85f, 0.13f, -0.85f, 0.01f, new SKColor(226, 206, 176));
            stage.Line(0.03f, -0.33f, 0.46f, -0.3f, 0.05f, new SKColor(236, 228, 210));
            stage.Line(0.05f, -0.3f, 0.45f, -0.275f, 0.012f, new SKColor(150, 120, 90));
            stage.Polygon(
                new SKColor(240, 234, 222), new SKPoint(-0.24f, -0.14f), new SKPoint(-0.18f, -0.25f), new SKPoint(0.2f, -0.24f),
                new SKPoint(0.24f, -0.12f));
            for (var i = 0; i < 3; i++)
                stage.Oval(-0.12f + 0.12f * i, -0.185f, 0.032f, 0.02f, new SKColor(40, 50, 66));
            Hull(stage, hull, new SKColor(236, 228, 212));
        });

    /// <summary>A small open boat with oars, and its reflection.</summary>
    public static void Rowing(Stage stage, float x, float waterline, float length, SKColor hull) =>
        WithReflection(stage, x, waterline, length, () =>
        {
            stage.Oval(0, -0.14f, 0.47f, 0.05f, new SKColor(92, 64, 44));
            foreach (var bench in (ReadOnlySpan<float>)[-0.2f, 0.05f, 0.28f])
                stage.Fill(new SKRect(bench, -0.185f, bench + 0.05f, -0.11f), new SKColor(186, 140, 92));
            stage.Line(-0.36f, -0.2f, 0.3f, -0.12f, 0.016f, new SKColor(206, 166, 116));
            Hull(stage, hull, new SKColor(240, 228, 204));
        });

    private static void Hull(Stage stage, SKColor colour, SKColor strake)
    {
        using var outline = new SKPathBuilder();
        outline.MoveTo(-0.56f, -0.19f);
        outline.QuadTo(0, -0.07f, 0.5f, -0.15f);
        outline.QuadTo(0.49f, -0.04f, 0.42f, 0.012f);
        outline.LineTo(-0.36f, 0.012f);
        outline.QuadTo(-0.5f, -0.06f, -0.56f, -0.19f);
        outline.Close();
        using var shape = outline.Detach();
        stage.Gradient(
            shape, new SKPoint(-0.1f, -0.16f), new SKPoint(0, 0.02f), Tint.Mix(colour, new SKColor(255, 220, 170), 0.22f), Tint.Scale(colour, 0.55f));
        foreach (var (drop, thickness, tone) in (ReadOnlySpan<(float, float, SKColor)>)
        [
            (0, 0.018f, strake),
            (0.045f, 0.004f, Tint.Scale(colour, 0.5f)),
            (0.085f, 0.004f, Tint.Scale(colour, 0.45f)),
        ])
        {
            using var line = new SKPathBuilder();
            line.MoveTo(-0.555f + drop, -0.188f + drop);
            line.QuadTo(0, -0.07f + drop, 0.5f - drop * 0.3f, -0.15f + drop);
            using var path = line.Detach();
            stage.Stroke(path, thickness, tone);
        }
    }

    private static SKPath Curved(float x0, float y0, float bendX, float bendY, float x1, float y1, float x2, float y2)
    {
        using var outline = new SKPathBuilder();
        outline.MoveTo(x0, y0);
        outline.QuadTo(bendX, bendY, x1, y1);
        outline.LineTo(x2, y2);
        outline.Close();
        return outline.Detach();
    }

    private static void WithReflection(Stage stage, float x, float waterline, float length, Action draw)
    {
        using (var faint = new SKPaint { Color = SKColors.White.WithAlpha(165) })
        {
            stage.Canvas.SaveLayer(faint);
            Placed(stage, x, waterline, length, -0.75f, draw);
            stage.Canvas.Restore();
        }

        // Ripples break the reflection the more, the farther it is from the hull.
        for (var i = 0; i < 45; i++)
        {
            var depth = stage.Range(0, 0.9f);
            var (y, half) = (waterline + length * depth, length * (0.04f + 0.14f * depth) * stage.Range(0.4f, 1.2f));
            stage.Oval(
                x + length * stage.Range(-0.55f, 0.55f), y, half, length * 0.006f, Tint.Clear(new SKColor(150, 150, 168), stage.Range(0.1f, 0.35f)));
        }

        Placed(stage, x, waterline, length, 1, draw);
        stage.Oval(x, waterline + length * 0.012f, length * 0.44f, length * 0.009f, Tint.Clear(new SKColor(20, 30, 44), 0.7f));
    }

    private static void Placed(Stage stage, float x, float waterline, float length, float upright, Action draw)
    {
        stage.Canvas.Save();
        stage.Canvas.Translate(x, waterline);
        stage.Canvas.Scale(length, length * upright);
        draw();
        stage.Canvas.Restore();
    }
}
