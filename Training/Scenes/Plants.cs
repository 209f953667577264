using SkiaSharp;

namespace ClassifierFunctions.Training.Scenes;

/// <summary>Trees, bushes and grass.</summary>
internal static class Plants
{
    /// <summary>Blades from a ground line upwards, the nearer the longer.</summary>
    public static void Grass(Stage stage, float top, float bottom, int blades, SKColor colour)
    {
        for (var i = 0; i < blades; i++)
        {
            var near = (i + 1f) / blades;
            var y = top + (bottom - top) * near * near;
            var x = stage.Range(-0.02f, stage.Width + 0.02f);
            var length = (0.015f + 0.09f * near * near) * stage.Range(0.5f, 1.3f);
            var lean = length * stage.Bell() * 0.3f;
            var tone = Tint.Scale(colour, stage.Range(0.45f, 1.5f));
            using var blade = Shapes.Polygon([
                new SKPoint(x - length * 0.04f, y), new SKPoint(x + lean * 0.4f, y - length * 0.6f),
                new SKPoint(x + lean, y - length), new SKPoint(x + length * 0.05f + lean * 0.4f, y - length * 0.55f),
                new SKPoint(x + length * 0.04f, y)]);
            stage.Fill(blade, tone);
        }
    }

    /// <summary>A fir: tiers of boughs around a trunk.</summary>
    public static void Conifer(Stage stage, float x, float foot, float height, SKColor colour)
    {
        stage.Line(x, foot, x, foot - height * 0.4f, height * 0.04f, Tint.Mix(colour, new SKColor(50, 35, 25), 0.6f));
        var tiers = height > 0.15f ? 11 : 6;
        for (var tier = 0; tier < tiers; tier++)
        {
            var t = tier / (float)tiers;
            var y = foot - height * (0.08f + 0.72f * t);
            var half = height * 0.25f * (1 - t) * stage.Range(0.8f, 1.15f);
            var drop = height * 0.03f;
            var tip = new SKPoint(x, y - height * 0.2f);
            stage.Polygon(
                Tint.Scale(colour, 0.7f + 0.25f * t), tip, new SKPoint(x - half, y + drop), new SKPoint(x, y), new SKPoint(x + half, y + drop));
            stage.Polygon(Tint.Scale(colour, 1.1f + 0.3f * t), tip, new SKPoint(x - half, y + drop), new SKPoint(x - half * 0.35f, y - drop));
        }
    }

    /// <summary>A broad-leaved tree: a trunk that forks, and leaves in clumps lit from above.</summary>
    public static void Broadleaf(Stage stage, float x, float foot, float height, SKColor colour, int leaves)
    {
        var bark = Tint.Mix(new SKColor(70, 52, 40), colour, 0.15f);
        Branch(stage, x, foot, height * 0.42f, -MathF.PI / 2, height * 0.05f, bark, 4);
        Clump(stage, x, foot - height * 0.66f, height * 0.33f, colour, leaves);
    }

    /// <summary>Leaves within a round outline, dark below and inside, light above.</summary>
    public static void Clump(Stage stage, float x, float y, float radius, SKColor colour, int leaves)
    {
        for (var i = 0; i < leaves; i++)
        {
            var angle = stage.Range(0, MathF.Tau);
            var r = radius * MathF.Sqrt(stage.Range(0, 1)) * (1 + 0.15f * MathF.Sin(angle * 5 + x * 40));
            var (dx, dy) = (r * MathF.Cos(angle) * 1.1f, r * MathF.Sin(angle) * 0.9f);
            var light = 0.45f + 0.75f * i / leaves - 0.45f * dy / radius - 0.15f * dx / radius;
            var size = radius * stage.Range(0.03f, 0.09f);
            stage.Oval(x + dx, y + dy, size, size * stage.Range(0.45f, 0.9f), Tint.Scale(colour, light * stage.Range(0.8f, 1.2f)));
        }
    }

    private static void Branch(Stage stage, float x, float y, float length, float angle, float thickness, SKColor colour, int forks)
    {
        var (endX, endY) = (x + length * MathF.Cos(angle), y + length * MathF.Sin(angle));
        stage.Line(x, y, endX, endY, thickness, Tint.Scale(colour, stage.Range(0.8f, 1.2f)));
        if (forks == 0)
            return;
        foreach (var turn in (ReadOnlySpan<float>)[-0.45f, 0.4f])
            Branch(stage, endX, endY, length * 0.68f, angle + turn * stage.Range(0.5f, 1.5f), thickness * 0.6f, colour, forks - 1);
    }
}
