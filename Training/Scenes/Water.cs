using SkiaSharp;

namespace ClassifierFunctions.Training.Scenes;

/// <summary>A water surface that mirrors what is drawn above it.</summary>
internal static class Water
{
    /// <summary>
    /// Draws from the shore line down: strips of the mirrored picture, each moved sideways as by waves that grow
    /// towards the viewer, tinted, with lit and dark crests.
    /// </summary>
    /// <param name="roughness">0 is a mirror, 1 choppy.</param>
    public static void Paint(Stage stage, float shore, float bottom, SKColor colour, float roughness)
    {
        using var above = stage.Snapshot();
        var scale = above.Width / stage.Width;
        var depth = bottom - shore;
        var area = new SKRect(0, shore, stage.Width, bottom);
        stage.Fill(area, colour);
        Mirror(stage, above, scale, shore, bottom, roughness);
        stage.Gradient(area, new SKPoint(0, shore), new SKPoint(0, bottom), Tint.Clear(colour, 0.15f), Tint.Clear(Tint.Scale(colour, 0.7f), 0.65f));
        var crests = (int)(380 * roughness * stage.Width);
        for (var i = 0; i < crests; i++)
        {
            var near = stage.Range(0, 1);
            var y = shore + depth * near * near;
            var length = (0.008f + 0.09f * near * near) * stage.Range(0.5f, 1.5f);
            var tone = Tint.Scale(colour, stage.Chance(0.5f) ? 0.6f : 1.6f);
            stage.Oval(stage.Range(0, stage.Width), y, length, length * 0.035f + 0.0006f, Tint.Clear(tone, stage.Range(0.15f, 0.5f)));
        }
    }

    private static void Mirror(Stage stage, SKImage above, float scale, float shore, float bottom, float roughness)
    {
        var canvas = stage.Canvas;
        // The mirrored part is compressed where the sky is lower than the water is deep.
        var reach = Math.Min(1, shore / (bottom - shore));
        var phase = stage.Range(0, MathF.Tau);
        var sampling = new SKSamplingOptions(SKFilterMode.Linear);
        using var paint = new SKPaint();
        const int Strips = 150;
        for (var strip = 0; strip < Strips; strip++)
        {
            var (t0, t1) = (strip / (float)Strips, (strip + 1) / (float)Strips);
            var (y0, y1) = (shore + (bottom - shore) * t0, shore + (bottom - shore) * t1);
            var wave = MathF.Sin(strip * 1.7f + phase) + MathF.Sin(strip * 0.61f + phase * 2);
            var shift = roughness * 0.012f * (0.15f + t0) * wave;
            var source = new SKRect(0, (shore - (y1 - shore) * reach) * scale, above.Width, (shore - (y0 - shore) * reach) * scale);
            canvas.Save();
            canvas.Translate(0, y0);
            canvas.Scale(1, -1);
            canvas.DrawImage(above, source, new SKRect(shift - 0.03f, y0 - y1 - 0.0005f, stage.Width + shift + 0.03f, 0), sampling, paint);
            canvas.Restore();
        }
    }
}
