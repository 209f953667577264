using SkiaSharp;

namespace ClassifierFunctions.Training.Scenes;

/// <summary>The picture of the repository's samples: a harbour in the evening.</summary>
internal static class SampleScene
{
    private static readonly SKColor Peach = new(252, 204, 160);
    private static readonly SKColor Sea = new(52, 84, 112);

    private static readonly Sky Evening = new(new SKColor(62, 104, 168), Peach, new SKColor(255, 224, 200));

    public static RgbImage Render(int width, int height)
    {
        using var stage = new Stage(width, height, new Random(20));
        var shore = stage.Height * 0.52f;
        Heaven(stage, shore);
        Hills(stage, shore);
        HarbourTown.Paint(stage, shore);
        Boats.Sailing(stage, stage.Width * 0.36f, shore + 0.004f, 0.12f, new SKColor(240, 236, 226), new SKColor(250, 240, 222));
        Water.Paint(stage, shore, stage.Height, Sea, 0.35f);
        Glitter(stage, shore);
        Boats.Moored(stage, stage.Width * 0.6f, stage.Height * 0.635f, 0.17f, new SKColor(178, 52, 44));
        Boats.Moored(stage, stage.Width * 0.84f, stage.Height * 0.7f, 0.25f, new SKColor(34, 76, 122));
        Boats.Rowing(stage, stage.Width * 0.27f, stage.Height * 0.8f, 0.19f, new SKColor(62, 122, 104));
        Jetty.Paint(stage);
        Gulls(stage);
        Light.Vignette(stage, 0.22f);
        var image = stage.ToImage();
        new Exposure(10, 244, 124).Apply(image);
        return image;
    }

    private static void Heaven(Stage stage, float shore)
    {
        var area = new SKRect(0, 0, stage.Width, shore);
        stage.Gradient(
            area, new SKPoint(0, 0), new SKPoint(0, shore),
            Evening.Zenith, new SKColor(118, 152, 196), new SKColor(206, 190, 190), Peach, new SKColor(255, 190, 130));
        stage.Texture(area, Tile.Cloud, Tint.Clear(new SKColor(150, 132, 160), 0.55f), new SKSize(2.6f, 0.62f), -3);
        stage.Texture(area, Tile.Cloud, Tint.Clear(Evening.Cloud, 0.7f), new SKSize(1.9f, 0.45f), -3);
        var sun = new SKPoint(stage.Width * 0.2f, shore - 0.155f);
        var light = new SKColor(255, 238, 200);
        stage.Glow(
            area, sun, 0.62f, Tint.Clear(light, 0.9f), Tint.Clear(new SKColor(255, 206, 140), 0.4f), Tint.Clear(new SKColor(255, 190, 120), 0));
        stage.Disc(sun.X, sun.Y, 0.033f, new SKColor(255, 248, 226));
    }

    private static void Hills(Stage stage, float shore)
    {
        var land = new SKColor(58, 74, 78);
        for (var i = 0; i < 4; i++)
        {
            var (near, height) = ((i + 1) / 4f, 0.155f - 0.03f * i);
            using var hill = Shapes.Land(Shapes.Ridge(stage, 8, height * 0.55f, 0.52f), stage.Width, shore - height, shore);
            var colour = Tint.Mix(new SKColor(196, 168, 176), land, near * near);
            stage.Gradient(hill, new SKPoint(0, shore - height * 1.6f), new SKPoint(0, shore), colour, Tint.Mix(colour, Peach, 0.4f));
            stage.Texture(hill, Tile.Rock, Tint.Clear(Tint.Scale(colour, 0.7f), 0.5f * near), new SKSize(0.4f, 0.6f), -30);
            stage.Texture(hill, Tile.Rock, Tint.Clear(Tint.Mix(colour, Peach, 0.5f), 0.45f * near), new SKSize(0.3f, 0.4f), 25);
        }
    }

    /// <summary>The sun's path on the water: short bright crests below it.</summary>
    private static void Glitter(Stage stage, float shore)
    {
        for (var i = 0; i < 520; i++)
        {
            var near = stage.Range(0, 1);
            var y = shore + (stage.Height - shore) * near * near;
            var x = stage.Width * 0.2f + stage.Bell() * (0.022f + 0.06f * near);
            var length = (0.005f + 0.022f * near) * stage.Range(0.5f, 1.4f);
            stage.Oval(x, y, length, 0.0008f + length * 0.06f, Tint.Clear(new SKColor(255, 226, 176), stage.Range(0.3f, 0.85f)));
        }
    }

    private static void Gulls(Stage stage)
    {
        foreach (var (x, y, size) in (ReadOnlySpan<(float, float, float)>)
        [
            (0.42f, 0.17f, 0.03f),
            (0.48f, 0.13f, 0.022f),
            (0.53f, 0.2f, 0.018f),
            (0.7f, 0.1f, 0.014f),
        ])
        {
            using var wings = new SKPathBuilder();
            wings.MoveTo(x * stage.Width - size, y - size * 0.35f);
            wings.QuadTo(x * stage.Width - size * 0.45f, y - size * 0.55f, x * stage.Width, y);
            wings.QuadTo(x * stage.Width + size * 0.5f, y - size * 0.7f, x * stage.Width + size, y - size * 0.25f);
            using var path = wings.Detach();
            stage.Stroke(path, size * 0.13f, new SKColor(52, 52, 66));
        }
    }
}
