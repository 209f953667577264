using SkiaSharp;

namespace ClassifierFunctions.Training.Scenes;

/// <summary>A flat rectangle seen in perspective: across and down its face both run from 0 to 1.</summary>
/// <param name="Near">Position of the near edge; its top and bottom.</param>
/// <param name="Far">The far edge.</param>
/// <param name="Depth">How many times farther the far edge is than the near one; 1 is face on.</param>
internal sealed record Facade((float X, float Top, float Bottom) Near, (float X, float Top, float Bottom) Far, float Depth)
{
    public static Facade Flat(SKRect area) => new((area.Left, area.Top, area.Bottom), (area.Right, area.Top, area.Bottom), 1);

    /// <summary>Perspective shortens what is far: positions are divided by their depth.</summary>
    public SKPoint At(float across, float down)
    {
        var t = across / (across + Depth * (1 - across));
        var (top, bottom) = (Near.Top + (Far.Top - Near.Top) * t, Near.Bottom + (Far.Bottom - Near.Bottom) * t);
        return new SKPoint(Near.X + (Far.X - Near.X) * t, top + (bottom - top) * down);
    }

    public SKPath Quad(float left, float top, float right, float bottom) =>
        Shapes.Polygon([At(left, top), At(right, top), At(right, bottom), At(left, bottom)]);

    public void Fill(Stage stage, float left, float top, float right, float bottom, SKColor colour)
    {
        using var quad = Quad(left, top, right, bottom);
        stage.Fill(quad, colour);
    }

    /// <summary>Rows and columns of windows with frames, sills and reflections of the sky.</summary>
    public void Windows(Stage stage, int columns, int rows, SKColor glass, SKColor frame, float lit)
    {
        var (width, height) = (stage.Range(0.4f, 0.75f) / columns, stage.Range(0.45f, 0.75f) / rows);
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++)
            {
                var (x, y) = ((column + 0.5f) / columns - width / 2, (row + 0.5f) / rows - height / 2);
                Fill(stage, x - width * 0.12f, y - height * 0.1f, x + width * 1.12f, y + height * 1.18f, frame);
                var pane = stage.Chance(lit) ? new SKColor(255, 214, 140) : Tint.Scale(glass, stage.Range(0.5f, 1.3f));
                Fill(stage, x, y, x + width, y + height, pane);
                Fill(stage, x, y, x + width, y + height * 0.4f, Tint.Clear(SKColors.White, 0.18f));
                Fill(stage, x + width * 0.46f, y, x + width * 0.54f, y + height, frame);
            }
        }
    }

    /// <summary>Courses of bricks in a running bond, or tiles where the rows are not offset.</summary>
    public void Bricks(Stage stage, int columns, int rows, SKColor brick, SKColor mortar, float offset)
    {
        Fill(stage, 0, 0, 1, 1, mortar);
        var (gapX, gapY) = (0.08f / columns, 0.12f / rows);
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column <= columns; column++)
            {
                var left = (column - (row % 2) * offset) / columns;
                var (from, to) = (Math.Clamp(left, 0, 1), Math.Clamp(left + 1f / columns - gapX, 0, 1));
                if (to > from)
                    Fill(stage, from, row / (float)rows, to, (row + 1f) / rows - gapY, Tint.Scale(brick, stage.Range(0.75f, 1.2f)));
            }
        }
    }
}
