using SkiaSharp;

namespace ClassifierFunctions.Training.Scenes;

/// <summary>A wooden landing stage in the near right corner, with posts and a rope.</summary>
internal static class Jetty
{
    public static void Paint(Stage stage)
    {
        var (width, height) = (stage.Width, stage.Height);
        var wood = new SKColor(148, 112, 82);
        var (far, near) = (height * 0.865f, height * 1.02f);
        var (farLeft, nearLeft) = (width * 0.56f, width * 0.4f);
        Post(stage, farLeft + 0.02f, far + 0.05f, 0.16f, 0.018f, wood);
        stage.Polygon(
            new SKColor(44, 36, 36), new SKPoint(farLeft, far), new SKPoint(width, far), new SKPoint(width, near), new SKPoint(nearLeft - 0.02f, near));
        const int Planks = 9;
        for (var plank = 0; plank < Planks; plank++)
        {
            // Planks of one width look the wider, the nearer they are.
            var (t0, t1) = (Near(plank / (float)Planks), Near((plank + 0.93f) / Planks));
            var (y0, y1) = (far + (near - far) * t0, far + (near - far) * t1);
            using var board = Shapes.Polygon([
                new SKPoint(farLeft + (nearLeft - farLeft) * t0, y0), new SKPoint(width, y0), new SKPoint(width, y1),
                new SKPoint(farLeft + (nearLeft - farLeft) * t1, y1)]);
            var tone = Tint.Scale(wood, stage.Range(0.8f, 1.18f));
            stage.Gradient(
                board, new SKPoint(nearLeft, 0), new SKPoint(width, 0), Tint.Mix(tone, new SKColor(255, 214, 160), 0.3f), Tint.Scale(tone, 0.75f));
            stage.Texture(board, Tile.Strokes, Tint.Clear(Tint.Scale(wood, 0.4f), 0.5f), new SKSize(1.3f, 0.12f));
            for (var nail = 0; nail < 5; nail++)
                stage.Disc(farLeft + 0.05f + nail * 0.14f, (y0 + y1) / 2, 0.0025f, new SKColor(52, 42, 40));
        }

        Post(stage, width * 0.62f, height * 0.96f, 0.17f, 0.026f, wood);
        Post(stage, width * 0.93f, height * 0.93f, 0.15f, 0.022f, wood);
        Rope(stage, width * 0.62f, height * 0.96f - 0.13f, width * 0.93f, height * 0.93f - 0.115f);

        static float Near(float t) => t * (0.55f + 0.45f * t);
    }

    private static void Post(Stage stage, float x, float foot, float height, float half, SKColor wood)
    {
        var area = new SKRect(x - half, foot - height, x + half, foot);
        Light.Shadow(stage, x + half, foot, half * 2.6f, half * 0.6f, 0.6f);
        stage.Gradient(
            area, new SKPoint(area.Left, 0), new SKPoint(area.Right, 0), Tint.Mix(wood, new SKColor(255, 214, 160), 0.45f), wood,
            Tint.Scale(wood, 0.4f));
        stage.Texture(area, Tile.Strokes, Tint.Clear(Tint.Scale(wood, 0.3f), 0.6f), new SKSize(0.5f, 0.12f), 90);
        stage.Oval(x, foot, half, half * 0.28f, Tint.Scale(wood, 0.5f));
        stage.Oval(x, area.Top, half, half * 0.3f, Tint.Mix(wood, new SKColor(255, 224, 180), 0.5f));
        stage.Oval(x, area.Top, half * 0.55f, half * 0.16f, wood);
    }

    private static void Rope(Stage stage, float x0, float y0, float x1, float y1)
    {
        const int Turns = 90;
        for (var i = 0; i < Turns; i++)
        {
            var t = (i + 0.5f) / Turns;
            var (x, y) = (x0 + (x1 - x0) * t, y0 + (y1 - y0) * t + 0.28f * t * (1 - t));
            stage.Line(x - 0.003f, y + 0.004f, x + 0.003f, y - 0.004f, 0.0055f, Tint.Scale(new SKColor(214, 188, 146), i % 2 == 0 ? 1.05f : 0.7f));
        }
    }
}
