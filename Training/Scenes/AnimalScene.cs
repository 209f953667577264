using SkiaSharp;

namespace ClassifierFunctions.Training.Scenes;

/// <summary>A furry animal in front of a background that is smooth or out of focus.</summary>
internal static class AnimalScene
{
    public static void Paint(Stage stage)
    {
        var palette = new Palette(stage);
        Backdrop.Paint(stage, palette);
        var fur = Tint.Hsv(stage.Range(12, 45), stage.Range(0.05f, 0.65f), stage.Range(0.3f, 0.85f));
        var patch = stage.Chance(0.5f) ? Tint.Scale(fur, stage.Range(0.35f, 0.6f)) : Tint.Mix(fur, SKColors.White, 0.7f);
        var size = stage.Range(0.2f, 0.3f);
        var x = stage.Width * stage.Range(0.35f, 0.65f);
        var y = stage.Height * 0.5f + size * stage.Range(-0.3f, 0.1f);
        Light.Shadow(stage, x, y + size * 2.2f, size * 2.4f, size * 0.7f, 0.6f);
        Body(stage, x + size * stage.Range(-0.5f, 0.5f), y + size * 1.5f, size, fur, patch);
        Ears(stage, x, y, size, fur, stage.Range(0.5f, 1.1f));
        Head(stage, x, y, size, fur, patch);
        Face(stage, x, y, size, fur);
    }

    private static void Body(Stage stage, float x, float y, float size, SKColor fur, SKColor patch)
    {
        stage.Oval(x, y, size * 1.35f, size * 1.3f, Tint.Scale(fur, 0.55f));
        Fur(stage, x, y, size * 1.35f, size * 1.3f, fur, patch, 1500);
    }

    private static void Head(Stage stage, float x, float y, float size, SKColor fur, SKColor patch)
    {
        Light.Shadow(stage, x, y + size * 0.5f, size * 1.15f, size * 0.8f, 0.6f);
        stage.Oval(x, y, size, size * 0.9f, Tint.Scale(fur, 0.7f));
        Fur(stage, x, y, size, size * 0.9f, fur, patch, 1600);
        // A light muzzle of shorter hair.
        var muzzle = Tint.Mix(fur, SKColors.White, 0.55f);
        Fur(stage, x, y + size * 0.42f, size * 0.42f, size * 0.32f, muzzle, muzzle, 350);
    }

    /// <summary>Strokes that point outwards and down from the middle, lit from the upper left, in patches of two colours.</summary>
    private static void Fur(Stage stage, float x, float y, float radiusX, float radiusY, SKColor fur, SKColor patch, int strokes)
    {
        var (stripes, phase) = (stage.Range(3, 9), stage.Range(0, 6));
        for (var i = 0; i < strokes; i++)
        {
            var (angle, r) = (stage.Range(0, MathF.Tau), MathF.Sqrt(stage.Range(0, 1)));
            var (dx, dy) = (r * MathF.Cos(angle), r * MathF.Sin(angle));
            var light = 0.8f - 0.3f * dx - 0.35f * dy;
            var marked = MathF.Sin(dx * stripes + phase + 0.8f * MathF.Sin(dy * stripes * 0.7f)) > 0.45f;
            var colour = Tint.Scale(marked ? patch : fur, light * stage.Range(0.75f, 1.25f));
            var (startX, startY) = (x + dx * radiusX, y + dy * radiusY);
            var length = radiusX * stage.Range(0.1f, 0.24f);
            var way = MathF.Atan2(dy + 0.35f, dx) + stage.Bell() * 0.16f;
            stage.Line(startX, startY, startX + length * MathF.Cos(way), startY + length * MathF.Sin(way), radiusX * 0.012f, colour);
        }
    }

    private static void Ears(Stage stage, float x, float y, float size, SKColor fur, float length)
    {
        foreach (var side in (ReadOnlySpan<float>)[-1, 1])
        {
            var tip = new SKPoint(x + side * size * 0.8f, y - size * (0.75f + length * 0.7f));
            var (inner, outer) = (new SKPoint(x + side * size * 0.15f, y - size * 0.8f), new SKPoint(x + side * size * 0.98f, y - size * 0.15f));
            stage.Polygon(Tint.Scale(fur, 0.75f), tip, inner, outer);
            var middle = new SKPoint(x + side * size * 0.6f, y - size * 0.5f);
            stage.Polygon(new SKColor(206, 150, 140), Between(tip, middle, 0.2f), Between(inner, middle, 0.3f), Between(outer, middle, 0.3f));
            for (var i = 0; i < 130; i++)
            {
                var from = Between(stage.Chance(0.5f) ? inner : outer, tip, stage.Range(0, 1));
                stage.Line(
                    from.X, from.Y, from.X + side * size * stage.Range(-0.1f, 0.1f), from.Y - size * stage.Range(0.02f, 0.16f), size * 0.012f,
                    Tint.Scale(fur, stage.Range(0.6f, 1.3f)));
            }
        }
    }

    private static void Face(Stage stage, float x, float y, float size, SKColor fur)
    {
        var iris = Tint.Hsv(stage.Range(20, 220), 0.65f, 0.75f);
        var slit = stage.Range(0.25f, 0.8f);
        foreach (var side in (ReadOnlySpan<float>)[-1, 1])
        {
            var (eyeX, eyeY, r) = (x + side * size * 0.4f, y - size * 0.12f, size * 0.17f);
            stage.Oval(eyeX, eyeY, r * 1.18f, r * 1.08f, new SKColor(25, 20, 18));
            using var eye = Shapes.Oval(eyeX, eyeY, r, r * 0.93f);
            stage.Glow(eye, new SKPoint(eyeX, eyeY + r * 0.4f), r * 1.5f, Tint.Scale(iris, 1.4f), Tint.Scale(iris, 0.55f));
            stage.Oval(eyeX, eyeY, r * slit, r * 0.8f, new SKColor(8, 8, 10));
            stage.Disc(eyeX - r * 0.35f, eyeY - r * 0.35f, r * 0.2f, new SKColor(250, 250, 255));
            for (var i = 0; i < 7; i++)
            {
                var (startX, startY) = (x + side * size * 0.25f, y + size * (0.42f + 0.03f * i));
                stage.Line(
                    startX, startY, x + side * size * 1.25f, startY + size * (0.09f * i - 0.3f + 0.05f * stage.Bell()), size * 0.008f,
                    Tint.Mix(fur, SKColors.White, 0.8f));
            }
        }

        stage.Polygon(
            new SKColor(60, 38, 36), new SKPoint(x - size * 0.13f, y + size * 0.25f), new SKPoint(x + size * 0.13f, y + size * 0.25f),
            new SKPoint(x, y + size * 0.4f));
        stage.Line(x, y + size * 0.4f, x, y + size * 0.5f, size * 0.02f, new SKColor(50, 32, 32));
        stage.Line(x, y + size * 0.5f, x - size * 0.18f, y + size * 0.57f, size * 0.02f, new SKColor(50, 32, 32));
        stage.Line(x, y + size * 0.5f, x + size * 0.18f, y + size * 0.57f, size * 0.02f, new SKColor(50, 32, 32));
    }

    private static SKPoint Between(SKPoint a, SKPoint b, float t) => new(a.X + (b.X - a.X) * t, a.Y + (b.Y - a.Y) * t);
}
