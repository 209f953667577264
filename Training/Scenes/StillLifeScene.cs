using SkiaSharp;

namespace ClassifierFunctions.Training.Scenes;

/// <summary>A few things on a table, sharp in front of a defocused or plain background.</summary>
internal static class StillLifeScene
{
    public static void Paint(Stage stage)
    {
        var palette = new Palette(stage);
        Backdrop.Paint(stage, palette);
        var count = stage.Whole(2, 6);
        for (var i = 0; i < count; i++)
        {
            var near = (i + 0.5f) / count;
            var foot = stage.Height * (0.74f + 0.2f * near);
            var x = stage.Width * (0.5f + stage.Range(-0.36f, 0.36f));
            var size = stage.Range(0.16f, 0.42f);
            var colour = Tint.Mix(palette.Varied(stage), Tint.Hsv(stage.Range(0, 70), 0.7f, 0.75f), stage.Range(0, 0.7f));
            switch (stage.Whole(0, 3))
            {
                case 0:
                    Light.Shadow(stage, x, foot, size * 0.5f, size * 0.1f, 0.7f);
                    Vessels.Vase(stage, x, foot, size * 1.4f, colour);
                    break;
                case 1:
                    Vessels.Mug(stage, x, foot, size * 0.8f, colour);
                    break;
                case 2:
                    Box(stage, x, foot, size * 0.8f, colour, palette);
                    break;
                default:
                    Vessels.Ball(stage, x, foot, size * 0.4f, colour);
                    break;
            }
        }
    }

    private static void Box(Stage stage, float x, float foot, float size, SKColor colour, Palette palette)
    {
        Light.Shadow(stage, x + size * 0.3f, foot, size, size * 0.15f, 0.6f);
        var (w, d) = (size * stage.Range(0.4f, 0.7f), size * 0.3f);
        var front = new SKRect(x - w, foot - size, x + w * 0.6f, foot);
        stage.Fill(front, colour);
        stage.Polygon(
            Tint.Scale(colour, 0.55f), new SKPoint(front.Right, front.Top), new SKPoint(front.Right + d, front.Top - d * 0.5f),
            new SKPoint(front.Right + d, foot - d * 0.5f), new SKPoint(front.Right, foot));
        stage.Polygon(
            Tint.Mix(colour, SKColors.White, 0.4f), new SKPoint(front.Left, front.Top), new SKPoint(front.Left + d, front.Top - d * 0.5f),
            new SKPoint(front.Right + d, front.Top - d * 0.5f), new SKPoint(front.Right, front.Top));
        stage.Disc(front.MidX, front.Top + size * 0.3f, w * 0.4f, palette.Varied(stage));
        for (var line = 0; line < 4; line++)
        {
            var y = foot - size * (0.42f - 0.1f * line);
            Glyphs.Line(stage, new SKRect(front.Left + w * 0.15f, y, front.Right - w * 0.15f, y + size * 0.055f), Tint.Scale(colour, 0.2f));
        }
    }
}
