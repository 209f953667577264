using SkiaSharp;

namespace ClassifierFunctions.Training.Scenes;

/// <summary>Outlines that several scenes draw. The caller disposes them.</summary>
internal static class Shapes
{
    public static SKPath Rectangle(SKRect area)
    {
        using var path = new SKPathBuilder();
        path.AddRect(area);
        return path.Detach();
    }

    public static SKPath Oval(float x, float y, float radiusX, float radiusY)
    {
        using var path = new SKPathBuilder();
        path.AddOval(new SKRect(x - radiusX, y - radiusY, x + radiusX, y + radiusY));
        return path.Detach();
    }

    public static SKPath Polygon(ReadOnlySpan<SKPoint> corners)
    {
        using var path = new SKPathBuilder();
        path.MoveTo(corners[0]);
        foreach (var corner in corners[1..])
            path.LineTo(corner);
        path.Close();
        return path.Detach();
    }

    /// <summary>A pointed leaf along x, with its middle at the origin.</summary>
    public static SKPath Leaf(float length, float width)
    {
        using var path = new SKPathBuilder();
        path.MoveTo(-length / 2, 0);
        path.QuadTo(0, -width, length / 2, 0);
        path.QuadTo(0, width, -length / 2, 0);
        path.Close();
        return path.Detach();
    }

    /// <summary>A closed, smooth outline whose radius varies around the origin.</summary>
    public static SKPath Blob(Stage stage, float radius, float roughness, int corners = 9)
    {
        var points = new SKPoint[corners];
        for (var i = 0; i < corners; i++)
        {
            var angle = MathF.Tau * i / corners;
            var r = radius * (1 + roughness * stage.Range(-1, 1));
            points[i] = new SKPoint(r * MathF.Cos(angle), r * MathF.Sin(angle));
        }

        using var path = new SKPathBuilder();
        path.MoveTo(Middle(points[^1], points[0]));
        for (var i = 0; i < corners; i++)
            path.QuadTo(points[i], Middle(points[i], points[(i + 1) % corners]));
        path.Close();
        return path.Detach();
    }

    /// <summary>
    /// Heights of a fractal skyline by midpoint displacement (Fournier, Fussell, Carpenter 1982): each halving adds
    /// deviations smaller by the factor <paramref name="smoothness"/>.
    /// </summary>
    public static float[] Ridge(Stage stage, int levels, float deviation, float smoothness)
    {
        var heights = new float[(1 << levels) + 1];
        heights[0] = stage.Range(-1, 1) * deviation;
        heights[^1] = stage.Range(-1, 1) * deviation;
        for (var step = heights.Length - 1; step > 1; step /= 2, deviation *= smoothness)
        {
            for (var at = 0; at + step < heights.Length; at += step)
                heights[at + step / 2] = (heights[at] + heights[at + step]) / 2 + stage.Range(-1, 1) * deviation;
        }

        return heights;
    }

    /// <summary>The land below a skyline, down to a level.</summary>
    public static SKPath Land(float[] ridge, float width, float level, float bottom)
    {
        using var path = new SKPathBuilder();
        path.MoveTo(0, bottom);
        for (var i = 0; i < ridge.Length; i++)
            path.LineTo(width * i / (ridge.Length - 1), level + ridge[i]);
        path.LineTo(width, bottom);
        path.Close();
        return path.Detach();
    }

    private static SKPoint Middle(SKPoint a, SKPoint b) => new((a.X + b.X) / 2, (a.Y + b.Y) / 2);
}
