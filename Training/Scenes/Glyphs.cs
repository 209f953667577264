using SkiaSharp;

namespace ClassifierFunctions.Training.Scenes;

/// <summary>Shapes like letters, without a typeface: stems, bars and bowls.</summary>
internal static class Glyphs
{
    /// <summary>Words that fill a line's width.</summary>
    public static void Line(Stage stage, SKRect area, SKColor colour)
    {
        using var ink = new SKPathBuilder();
        var (x, step) = (area.Left, area.Height * 0.72f);
        while (x + step < area.Right)
        {
            // About every sixth place is the space between two words.
            if (!stage.Chance(0.17f))
                Glyph(stage, ink, x, area.Top, step * 0.75f, area.Height);
            x += step;
        }

        using var path = ink.Detach();
        stage.Stroke(path, area.Height * 0.14f, colour);
    }

    private static void Glyph(Stage stage, SKPathBuilder ink, float x, float y, float width, float height)
    {
        var top = stage.Chance(0.35f) ? y : y + height * 0.3f;
        var (bottom, right, form) = (y + height, x + width, stage.Whole(0, 5));
        var middle = (top + bottom) / 2;
        if (form != 4)
        {
            ink.MoveTo(x, top);
            ink.LineTo(x, bottom);
        }

        if (form is 0 or 4)
            ink.AddOval(new SKRect(x, y + height * 0.35f, right, bottom));
        if (form is 1 or 2)
        {
            ink.MoveTo(x, middle);
            ink.QuadTo(right, top, right, bottom);
        }

        if (form is 3 or 5)
        {
            ink.MoveTo(x, form == 3 ? top : middle);
            ink.LineTo(right, form == 3 ? top : middle);
            ink.MoveTo(x, bottom);
            ink.LineTo(right, bottom);
        }
    }
}
