using SkiaSharp;

namespace ClassifierFunctions.Training.Scenes;

/// <summary>Sheets of print on a table or wall: headings, columns of text, charts, flat graphics.</summary>
internal static class PosterScene
{
    public static void Paint(Stage stage)
    {
        var palette = new Palette(stage);
        var table = Tint.Mix(palette.Any(stage), new SKColor(128, 100, 76), 0.4f);
        stage.Fill(stage.Bounds, table);
        stage.Texture(
            stage.Bounds, stage.Chance(0.5f) ? Tile.Strokes : Tile.Cloud, Tint.Clear(Tint.Scale(table, 0.5f), 0.7f), new SKSize(1.6f, 0.5f));
        var sheets = stage.Whole(1, 3);
        for (var i = 0; i < sheets; i++)
        {
            var canvas = stage.Canvas;
            canvas.Save();
            canvas.Translate(stage.Width * (i + 0.5f + stage.Range(-0.12f, 0.12f)) / sheets, stage.Height * stage.Range(0.46f, 0.54f));
            canvas.RotateDegrees(stage.Bell() * 7);
            var (halfWidth, halfHeight) = (stage.Width / sheets * stage.Range(0.36f, 0.6f), stage.Height * stage.Range(0.38f, 0.55f));
            Sheet(stage, palette, new SKRect(-halfWidth, -halfHeight, halfWidth, halfHeight));
            canvas.Restore();
        }

        Light.Side(stage, stage.Range(0.15f, 0.5f));
    }

    private static void Sheet(Stage stage, Palette palette, SKRect area)
    {
        var dark = stage.Chance(0.3f);
        var paper = dark ? Tint.Scale(palette.Any(stage), 0.6f) : Tint.Mix(palette.Light, new SKColor(246, 242, 232), 0.7f);
        var ink = dark ? Tint.Mix(paper, SKColors.White, 0.85f) : Tint.Scale(palette.Dark, 0.8f);
        stage.Fill(new SKRect(area.Left + 0.015f, area.Top + 0.02f, area.Right + 0.015f, area.Bottom + 0.02f), Tint.Clear(SKColors.Black, 0.4f));
        stage.Fill(area, paper);
        var margin = area.Width * 0.07f;
        var inner = new SKRect(area.Left + margin, area.Top + margin, area.Right - margin, area.Bottom - margin);
        var heading = inner.Height * stage.Range(0.06f, 0.11f);
        Glyphs.Line(stage, new SKRect(inner.Left, inner.Top, inner.Right, inner.Top + heading), palette.Varied(stage));
        var y = inner.Top + heading * 1.7f;
        while (y < inner.Bottom - 0.06f)
        {
            var block = new SKRect(inner.Left, y, inner.Right, Math.Min(inner.Bottom, y + inner.Height * stage.Range(0.2f, 0.45f)));
            Block(stage, palette, block, ink);
            y = block.Bottom + 0.03f;
        }
    }

    private static void Block(Stage stage, Palette palette, SKRect area, SKColor ink)
    {
        switch (stage.Whole(0, 4))
        {
            case 0:
                Bars(stage, palette, area);
                break;
            case 1:
                Graphic(stage, palette, area);
                break;
            default:
                Columns(stage, area, ink);
                break;
        }
    }

    private static void Columns(Stage stage, SKRect area, SKColor ink)
    {
        var (columns, size) = (stage.Whole(1, 2), stage.Range(0.014f, 0.03f));
        var width = area.Width / columns;
        for (var column = 0; column < columns; column++)
        {
            var left = area.Left + column * width;
            for (var y = area.Top; y + size < area.Bottom; y += size * 1.7f)
                Glyphs.Line(stage, new SKRect(left, y, left + width * (stage.Chance(0.15f) ? 0.6f : 0.93f), y + size), ink);
        }
    }

    private static void Bars(Stage stage, Palette palette, SKRect area)
    {
        var (bars, colour) = (stage.Whole(5, 14), palette.Varied(stage));
        for (var line = 0; line < 5; line++)
        {
            var y = area.Top + area.Height * line / 5;
            stage.Line(area.Left, y, area.Right, y, 0.0015f, Tint.Grey(0.6f));
        }

        for (var bar = 0; bar < bars; bar++)
        {
            var (left, width) = (area.Left + area.Width * (bar + 0.15f) / bars, area.Width * 0.7f / bars);
            stage.Fill(
                new SKRect(left, area.Bottom - area.Height * stage.Range(0.15f, 0.95f), left + width, area.Bottom),
                Tint.Scale(colour, 0.8f + 0.03f * bar));
        }

        stage.Line(area.Left, area.Bottom, area.Right, area.Bottom, 0.004f, Tint.Grey(0.2f));
    }

    private static void Graphic(Stage stage, Palette palette, SKRect area)
    {
        stage.Gradient(area, new SKPoint(area.Left, area.Top), new SKPoint(area.Right, area.Bottom), palette.Varied(stage), palette.Varied(stage));
        var canvas = stage.Canvas;
        canvas.Save();
        canvas.ClipRect(area);
        for (var i = 0; i < 16; i++)
        {
            var (x, y, r) = (stage.Range(area.Left, area.Right), stage.Range(area.Top, area.Bottom), area.Height * stage.Range(0.05f, 0.4f));
            if (i % 3 == 0)
                stage.Polygon(palette.Varied(stage), new SKPoint(x, y - r), new SKPoint(x + r, y + r), new SKPoint(x - r, y + r));
            else if (i % 3 == 1)
                stage.Disc(x, y, r, palette.Varied(stage));
            else
                stage.Line(x, y, x + r * 2, y - r, r * 0.2f, palette.Varied(stage));
        }

        canvas.Restore();
    }
}
