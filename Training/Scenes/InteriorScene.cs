using SkiaSharp;

namespace ClassifierFunctions.Training.Scenes;

/// <summary>A room in one-point perspective: floor boards or tiles, walls, a window, shelves, pictures.</summary>
internal static class InteriorScene
{
    public static void Paint(Stage stage)
    {
        var palette = new Palette(stage);
        var wall = Tint.Mix(palette.Any(stage), new SKColor(215, 208, 196), 0.55f);
        var back = new SKRect(
            stage.Width * stage.Range(0.12f, 0.25f), stage.Height * stage.Range(0.08f, 0.2f),
            stage.Width * stage.Range(0.75f, 0.88f), stage.Height * stage.Range(0.62f, 0.75f));
        Room(stage, palette, wall, back);
        Window(stage, back);
        Shelves(stage, palette, new SKRect(
            back.Left + back.Width * 0.5f, back.Top + back.Height * 0.12f, back.Right - back.Width * 0.04f, back.Bottom - back.Height * 0.08f));
        Furniture(stage, palette, back);
        Light.Side(stage, stage.Range(0.1f, 0.5f));
    }

    private static void Room(Stage stage, Palette palette, SKColor wall, SKRect back)
    {
        const float Depth = 2.4f;
        var (w, h) = (stage.Width, stage.Height);
        stage.Gradient(stage.Bounds, new SKPoint(0, 0), new SKPoint(0, back.Top), Tint.Grey(0.95f), Tint.Grey(0.75f));
        Floor(stage, palette, back);
        var left = new Facade((0, 0, h), (back.Left, back.Top, back.Bottom), Depth);
        var right = new Facade((w, 0, h), (back.Right, back.Top, back.Bottom), Depth);
        foreach (var (side, shade) in (ReadOnlySpan<(Facade, float)>)[(left, 0.75f), (right, 0.88f)])
        {
            using var face = side.Quad(0, 0, 1, 1);
            stage.Gradient(face, side.At(0, 0.5f), side.At(1, 0.5f), Tint.Scale(wall, shade * 0.8f), Tint.Scale(wall, shade * 1.1f));
            side.Fill(stage, 0, 0.94f, 1, 1, Tint.Grey(0.9f * shade));
            Picture(stage, palette, side, 0.3f, 0.7f);
        }

        var face2 = Facade.Flat(back);
        if (stage.Chance(0.35f))
            face2.Bricks(stage, 18, 26, Tint.Mix(wall, new SKColor(150, 84, 66), 0.5f), Tint.Grey(0.6f), 0.5f);
        else
            stage.Glow(back, new SKPoint(back.MidX, back.Top), back.Width * 0.8f, Tint.Scale(wall, 1.15f), Tint.Scale(wall, 0.85f));
        stage.Texture(back, Tile.Cloud, Tint.Clear(Tint.Scale(wall, 0.7f), 0.15f), new SKSize(0.6f, 0.6f));
        face2.Fill(stage, 0, 0.96f, 1, 1, Tint.Grey(0.85f));
    }

    private static void Floor(Stage stage, Palette palette, SKRect back)
    {
        var colour = Tint.Mix(palette.Varied(stage), new SKColor(150, 104, 66), 0.6f);
        var other = stage.Chance(0.5f) ? Tint.Scale(colour, 0.85f) : Tint.Mix(colour, SKColors.White, 0.6f);
        var (rows, columns) = (stage.Whole(6, 10), stage.Whole(8, 14));
        var (near, far) = (stage.Height, back.Bottom);
        for (var row = 0; row < rows; row++)
        {
            // Equal depths shrink towards the back wall.
            var (t0, t1) = (Shrink(row / (float)rows), Shrink((row + 1f) / rows));
            for (var column = 0; column < columns; column++)
            {
                var (c0, c1) = (column / (float)columns, (column + 0.97f) / columns);
                var tone = Tint.Scale((row + column) % 2 == 0 ? colour : other, stage.Range(0.85f, 1.15f));
                stage.Polygon(tone, At(c0, t0), At(c1, t0), At(c1, t1 - 0.004f), At(c0, t1 - 0.004f));
            }
        }

        stage.Texture(
            new SKRect(0, far, stage.Width, near), Tile.Strokes, Tint.Clear(Tint.Scale(colour, 0.4f), 0.3f), new SKSize(1.4f, 0.3f));

        static float Shrink(float t) => t / (t + 2.4f * (1 - t));
        SKPoint At(float across, float t) => new(
            (back.Left + back.Width * across) * (1 - t) + stage.Width * (across * 1.4f - 0.2f) * t, far + (near - far) * t);
    }

    private static void Window(Stage stage, SKRect back)
    {
        var area = new SKRect(
            back.Left + back.Width * 0.08f, back.Top + back.Height * 0.15f, back.Left + back.Width * 0.4f, back.Top + back.Height * 0.68f);
        var frame = Tint.Grey(0.92f);
        stage.Fill(new SKRect(area.Left - 0.015f, area.Top - 0.015f, area.Right + 0.015f, area.Bottom + 0.02f), frame);
        stage.Gradient(area, new SKPoint(0, area.Top), new SKPoint(0, area.Bottom), new SKColor(150, 190, 235), new SKColor(236, 240, 240));
        stage.Canvas.Save();
        stage.Canvas.ClipRect(area);
        Plants.Clump(stage, area.Left + area.Width * 0.3f, area.Bottom, area.Width * 0.5f, new SKColor(86, 128, 62), 350);
        stage.Canvas.Restore();
        stage.Line(area.MidX, area.Top, area.MidX, area.Bottom, 0.012f, frame);
        stage.Line(area.Left, area.MidY, area.Right, area.MidY, 0.012f, frame);
        stage.Fill(new SKRect(area.Left - 0.03f, area.Bottom + 0.015f, area.Right + 0.03f, area.Bottom + 0.035f), Tint.Grey(0.8f));
    }

    private static void Shelves(Stage stage, Palette palette, SKRect area)
    {
        var wood = new SKColor(110, 74, 46);
        stage.Fill(area, Tint.Scale(wood, 0.5f));
        var rows = stage.Whole(3, 5);
        var height = area.Height / rows;
        for (var row = 0; row < rows; row++)
        {
            var foot = area.Top + height * (row + 1) - 0.008f;
            var x = area.Left + 0.012f;
            while (x < area.Right - 0.03f)
            {
                var (width, tall) = (stage.Range(0.008f, 0.024f), height * stage.Range(0.5f, 0.85f));
                if (stage.Chance(0.12f))
                    x += 0.04f;
                else
                    Book(stage, new SKRect(x, foot - tall, Math.Min(x + width, area.Right - 0.01f), foot), palette.Varied(stage));
                x += width + 0.001f;
            }

            stage.Fill(new SKRect(area.Left, foot, area.Right, foot + 0.014f), wood);
        }

        stage.Fill(new SKRect(area.Left, area.Top - 0.01f, area.Right, area.Top + 0.006f), Tint.Scale(wood, 1.2f));
        stage.Fill(new SKRect(area.Left - 0.004f, area.Top, area.Left + 0.008f, area.Bottom), wood);
        stage.Fill(new SKRect(area.Right - 0.008f, area.Top, area.Right + 0.004f, area.Bottom), Tint.Scale(wood, 0.8f));
    }

    private static void Book(Stage stage, SKRect area, SKColor colour)
    {
        stage.Fill(area, colour);
        stage.Fill(new SKRect(area.Left, area.Top, area.Left + area.Width * 0.3f, area.Bottom), Tint.Scale(colour, 1.3f));
        var band = area.Top + area.Height * stage.Range(0.15f, 0.3f);
        stage.Fill(new SKRect(area.Left, band, area.Right, band + area.Height * 0.06f), Tint.Mix(colour, new SKColor(240, 220, 150), 0.7f));
    }

    private static void Picture(Stage stage, Palette palette, Facade side, float from, float to)
    {
        side.Fill(stage, from, 0.25f, to, 0.6f, new SKColor(48, 36, 28));
        side.Fill(stage, from + 0.03f, 0.27f, to - 0.03f, 0.58f, palette.Light);
        for (var i = 0; i < 5; i++)
        {
            var (x, y) = (from + 0.05f + stage.Range(0, 0.15f), stage.Range(0.3f, 0.45f));
            side.Fill(stage, x, y, x + stage.Range(0.03f, 0.15f), y + stage.Range(0.02f, 0.11f), palette.Varied(stage));
        }
    }

    private static void Furniture(Stage stage, Palette palette, SKRect back)
    {
        var colour = palette.Varied(stage);
        var (x, top, foot) = (stage.Width * stage.Range(0.3f, 0.6f), back.Bottom + 0.04f, stage.Height * 0.93f);
        Light.Shadow(stage, x, foot, 0.42f, 0.06f, 0.6f);
        foreach (var leg in (ReadOnlySpan<float>)[-0.27f, 0.25f])
            stage.Fill(new SKRect(x + leg, top, x + leg + 0.025f, foot), Tint.Scale(colour, 0.4f));
        using var board = Shapes.Polygon([
            new SKPoint(x - 0.24f, top - 0.06f), new SKPoint(x + 0.24f, top - 0.06f), new SKPoint(x + 0.32f, top), new SKPoint(x - 0.32f, top)]);
        stage.Fill(board, colour);
        stage.Texture(board, Tile.Strokes, Tint.Clear(Tint.Scale(colour, 0.4f), 0.6f), new SKSize(0.6f, 0.15f));
        stage.Fill(new SKRect(x - 0.32f, top, x + 0.32f, top + 0.02f), Tint.Scale(colour, 0.65f));
        Vessels.Vase(stage, x + stage.Range(-0.18f, 0.18f), top - 0.02f, stage.Range(0.1f, 0.16f), palette.Varied(stage));
    }
}
