using SkiaSharp;

namespace ClassifierFunctions.Training.Scenes;

/// <summary>Painted houses along a quay, a church, trees, and a lighthouse on a mole.</summary>
internal static class HarbourTown
{
    private static readonly SKColor[] Walls =
    [
        new(200, 84, 62), new(232, 188, 96), new(228, 222, 208), new(104, 140, 160), new(188, 112, 76), new(226, 158, 128), new(150, 164, 128),
    ];

    private static readonly SKColor[] Roofs = [new(132, 62, 48), new(96, 58, 52), new(74, 72, 80)];

    public static void Paint(Stage stage, float shore)
    {
        var left = stage.Width * 0.47f;
        Trees(stage, left, shore);
        Church(stage, stage.Width * 0.72f, shore - 0.07f);
        Houses(stage, left + 0.03f, shore - 0.05f, 0.045f);
        Houses(stage, left, shore - 0.012f, 0.058f);
        var quay = new SKRect(left - 0.06f, shore - 0.014f, stage.Width, shore);
        Facade.Flat(quay).Bricks(stage, 46, 2, new SKColor(136, 126, 120), new SKColor(84, 78, 78), 0.5f);
        Lighthouse(stage, stage.Width * 0.07f, shore);
    }

    private static void Trees(Stage stage, float left, float shore)
    {
        for (var i = 0; i < 60; i++)
        {
            var x = stage.Range(left - 0.05f, stage.Width + 0.02f);
            var y = shore - stage.Range(0.03f, 0.11f) * (x - left + 0.1f) / (stage.Width - left);
            Plants.Clump(stage, x, y, stage.Range(0.016f, 0.03f), new SKColor(82, 104, 66), 110);
        }
    }

    private static void Houses(Stage stage, float from, float foot, float height)
    {
        var number = 0;
        for (var x = from; x < stage.Width;)
        {
            var (wide, tall) = (stage.Range(0.045f, 0.075f), height * stage.Range(0.85f, 1.35f));
            House(stage, new SKRect(x, foot - tall, x + wide, foot), Walls[number++ * 3 % Walls.Length], stage.Pick(Roofs));
            x += wide + (stage.Chance(0.25f) ? 0.012f : 0.0015f);
        }
    }

    private static void House(Stage stage, SKRect area, SKColor wall, SKColor roof)
    {
        stage.Gradient(
            area, new SKPoint(area.Left, 0), new SKPoint(area.Right, 0), Tint.Mix(wall, new SKColor(255, 226, 180), 0.3f), Tint.Scale(wall, 0.78f));
        var rise = area.Width * 0.36f;
        if (stage.Chance(0.5f))
        {
            stage.Polygon(wall, new SKPoint(area.Left, area.Top), new SKPoint(area.MidX, area.Top - rise), new SKPoint(area.Right, area.Top));
            stage.Line(area.Left - 0.003f, area.Top + 0.002f, area.MidX, area.Top - rise, 0.005f, roof);
            stage.Line(area.Right + 0.003f, area.Top + 0.002f, area.MidX, area.Top - rise, 0.005f, Tint.Scale(roof, 0.7f));
        }
        else
        {
            stage.Polygon(
                roof, new SKPoint(area.Left - 0.004f, area.Top), new SKPoint(area.Left + 0.006f, area.Top - rise * 0.8f),
                new SKPoint(area.Right - 0.006f, area.Top - rise * 0.8f), new SKPoint(area.Right + 0.004f, area.Top));
            stage.Fill(new SKRect(area.Right - 0.018f, area.Top - rise * 1.1f, area.Right - 0.011f, area.Top - rise * 0.6f), Tint.Scale(roof, 0.8f));
        }

        var columns = area.Width > 0.06f ? 4 : 3;
        Facade.Flat(new SKRect(area.Left, area.Top, area.Right, area.Bottom - 0.012f))
            .Windows(stage, columns, area.Height > 0.06f ? 3 : 2, new SKColor(58, 70, 92), new SKColor(240, 232, 216), 0.3f);
        stage.Fill(new SKRect(area.MidX - 0.004f, area.Bottom - 0.014f, area.MidX + 0.004f, area.Bottom), new SKColor(72, 46, 36));
    }

    private static void Church(Stage stage, float x, float foot)
    {
        var stone = new SKColor(222, 206, 186);
        var tower = new SKRect(x - 0.016f, foot - 0.13f, x + 0.016f, foot);
        stage.Gradient(tower, new SKPoint(tower.Left, 0), new SKPoint(tower.Right, 0), new SKColor(250, 226, 192), Tint.Scale(stone, 0.68f));
        stage.Polygon(
            new SKColor(78, 92, 98), new SKPoint(x - 0.02f, tower.Top), new SKPoint(x, tower.Top - 0.085f), new SKPoint(x + 0.02f, tower.Top));
        stage.Polygon(
            new SKColor(112, 126, 128), new SKPoint(x - 0.02f, tower.Top), new SKPoint(x, tower.Top - 0.085f), new SKPoint(x - 0.003f, tower.Top));
        stage.Line(x, tower.Top - 0.085f, x, tower.Top - 0.105f, 0.002f, new SKColor(60, 56, 60));
        stage.Disc(x, tower.Top + 0.025f, 0.009f, new SKColor(246, 240, 226));
        stage.Line(x, tower.Top + 0.025f, x, tower.Top + 0.018f, 0.0015f, SKColors.Black);
        stage.Line(x, tower.Top + 0.025f, x + 0.005f, tower.Top + 0.027f, 0.0015f, SKColors.Black);
        stage.Fill(new SKRect(x - 0.005f, tower.Top + 0.045f, x + 0.005f, tower.Top + 0.065f), new SKColor(60, 56, 66));
    }

    private static void Lighthouse(Stage stage, float x, float shore)
    {
        stage.Polygon(
            new SKColor(92, 84, 84), new SKPoint(0, shore - 0.022f), new SKPoint(x + 0.05f, shore - 0.02f), new SKPoint(x + 0.085f, shore),
            new SKPoint(0, shore));
        stage.Texture(
            new SKRect(0, shore - 0.02f, x + 0.06f, shore), Tile.Gravel, Tint.Clear(new SKColor(190, 170, 156), 0.6f), new SKSize(0.3f, 0.3f));
        const float Height = 0.2f;
        for (var band = 0; band < 5; band++)
        {
            var (t0, t1) = (band / 5f, (band + 1) / 5f);
            var (y0, y1) = (shore - 0.02f - Height * t0, shore - 0.02f - Height * t1);
            var (w0, w1) = (0.026f - 0.009f * t0, 0.026f - 0.009f * t1);
            using var ring = Shapes.Polygon([new SKPoint(x - w0, y0), new SKPoint(x - w1, y1), new SKPoint(x + w1, y1), new SKPoint(x + w0, y0)]);
            var paint = band % 2 == 0 ? new SKColor(244, 238, 226) : new SKColor(196, 52, 44);
            stage.Gradient(ring, new SKPoint(x - w0, 0), new SKPoint(x + w0, 0), Tint.Scale(paint, 0.7f), paint, Tint.Scale(paint, 0.55f));
        }

        var top = shore - 0.02f - Height;
        stage.Fill(new SKRect(x - 0.024f, top - 0.005f, x + 0.024f, top), new SKColor(52, 48, 52));
        stage.Fill(new SKRect(x - 0.012f, top - 0.03f, x + 0.012f, top - 0.005f), new SKColor(255, 226, 150));
        stage.Line(x, top - 0.03f, x, top - 0.005f, 0.002f, new SKColor(52, 48, 52));
        stage.Polygon(
            new SKColor(150, 42, 38), new SKPoint(x - 0.017f, top - 0.03f), new SKPoint(x, top - 0.052f), new SKPoint(x + 0.017f, top - 0.03f));
    }
}
