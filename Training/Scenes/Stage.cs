using SkiaSharp;

namespace ClassifierFunctions.Training.Scenes;

/// <summary>A canvas whose shorter side is 1, with the random numbers of its scene.</summary>
internal sealed class Stage : IDisposable
{
    private readonly SKSurface _surface;
    private readonly SKPaint _paint = new() { IsAntialias = true };
    private readonly Random _random;
    private readonly int _pixelWidth;
    private readonly int _pixelHeight;

    public Stage(int pixelWidth, int pixelHeight, Random random)
    {
        (_pixelWidth, _pixelHeight, _random) = (pixelWidth, pixelHeight, random);
        _surface = SKSurface.Create(new SKImageInfo(pixelWidth, pixelHeight, SKColorType.Rgba8888, SKAlphaType.Premul))
            ?? throw new InvalidOperationException($"No canvas of {pixelWidth}x{pixelHeight} pixels.");
        var unit = Math.Min(pixelWidth, pixelHeight);
        (Width, Height) = ((float)pixelWidth / unit, (float)pixelHeight / unit);
        Canvas.Clear(SKColors.Gray);
        Canvas.Scale(unit);
    }

    public SKCanvas Canvas => _surface.Canvas;

    public float Width { get; }

    public float Height { get; }

    public SKRect Bounds => new(0, 0, Width, Height);

    public float Range(float low, float high) => low + (high - low) * _random.NextSingle();

    /// <summary>A whole number from low to high, both included.</summary>
    public int Whole(int low, int high) => _random.Next(low, high + 1);

    public bool Chance(float share) => _random.NextSingle() < share;

    /// <summary>Roughly normal with deviation 1 (three uniform numbers), within -3..3.</summary>
    public float Bell() => (_random.NextSingle() + _random.NextSingle() + _random.NextSingle() - 1.5f) * 2;

    public T Pick<T>(IReadOnlyList<T> items) => items[_random.Next(items.Count)];

    public void Fill(SKRect area, SKColor colour) => Canvas.DrawRect(area, Plain(colour));

    public void Fill(SKPath shape, SKColor colour) => Canvas.DrawPath(shape, Plain(colour));

    public void Polygon(SKColor colour, params ReadOnlySpan<SKPoint> corners)
    {
        using var path = Shapes.Polygon(corners);
        Fill(path, colour);
    }

    public void Disc(float x, float y, float radius, SKColor colour) => Canvas.DrawCircle(x, y, radius, Plain(colour));

    public void Oval(float x, float y, float radiusX, float radiusY, SKColor colour) =>
        Canvas.DrawOval(x, y, radiusX, radiusY, Plain(colour));

    public void Line(float x0, float y0, float x1, float y1, float thickness, SKColor colour)
    {
        var paint = Plain(colour);
        paint.IsStroke = true;
        paint.StrokeWidth = thickness;
        paint.StrokeCap = SKStrokeCap.Round;
        Canvas.DrawLine(x0, y0, x1, y1, paint);
    }

    public void Stroke(SKPath path, float thickness, SKColor colour)
    {
        var paint = Plain(colour);
        paint.IsStroke = true;
        paint.StrokeWidth = thickness;
        paint.StrokeCap = SKStrokeCap.Round;
        Canvas.DrawPath(path, paint);
    }

    /// <summary>Fills with colours that change from one point to another.</summary>
    public void Gradient(SKPath shape, SKPoint from, SKPoint to, params SKColor[] colours)
    {
        using var shader = SKShader.CreateLinearGradient(from, to, colours, SKShaderTileMode.Clamp);
        Canvas.DrawPath(shape, Shaded(shader));
    }

    public void Gradient(SKRect area, SKPoint from, SKPoint to, params SKColor[] colours)
    {
        using var shader = SKShader.CreateLinearGradient(from, to, colours, SKShaderTileMode.Clamp);
        Canvas.DrawRect(area, Shaded(shader));
    }

    /// <summary>Fills with colours that change with the distance from a point.</summary>
    public void Glow(SKRect area, SKPoint centre, float radius, params SKColor[] colours)
    {
        using var shader = SKShader.CreateRadialGradient(centre, radius, colours, SKShaderTileMode.Clamp);
        Canvas.DrawRect(area, Shaded(shader));
    }

    public void Glow(SKPath shape, SKPoint centre, float radius, params SKColor[] colours)
    {
        using var shader = SKShader.CreateRadialGradient(centre, radius, colours, SKShaderTileMode.Clamp);
        Canvas.DrawPath(shape, Shaded(shader));
    }

    /// <summary>Lays a colour over a shape, as dense as the tile says.</summary>
    /// <param name="size">Side of one repeat of the tile; half of it across gives lengthwise streaks.</param>
    public void Texture(SKPath shape, Tile tile, SKColor colour, SKSize size, float degrees = 0)
    {
        using var shader = TileShader(tile, size, degrees);
        var paint = Shaded(shader);
        paint.Color = colour;
        Canvas.DrawPath(shape, paint);
    }

    public void Texture(SKRect area, Tile tile, SKColor colour, SKSize size, float degrees = 0)
    {
        using var path = Shapes.Rectangle(area);
        Texture(path, tile, colour, size, degrees);
    }

    /// <summary>What is drawn so far, for reflections.</summary>
    public SKImage Snapshot() => _surface.Snapshot();

    /// <summary>Draws out of focus: on a canvas of few pixels, enlarged smoothly.</summary>
    /// <param name="pixels">Shorter side of the small canvas.</param>
    public void OutOfFocus(int pixels, Action<Stage> paint)
    {
        var scale = pixels / (float)Math.Min(_pixelWidth, _pixelHeight);
        using var small = new Stage(
            Math.Max(1, (int)MathF.Round(_pixelWidth * scale)), Math.Max(1, (int)MathF.Round(_pixelHeight * scale)), _random);
        paint(small);
        using var image = small.Snapshot();
        using var shader = image.ToShader(
            SKShaderTileMode.Clamp,
            SKShaderTileMode.Clamp,
            new SKSamplingOptions(new SKCubicResampler(1, 0)),
            SKMatrix.CreateScale(Width / image.Width, Height / image.Height));
        Canvas.DrawRect(Bounds, Shaded(shader));
    }

    public RgbImage ToImage()
    {
        using var pixmap = _surface.PeekPixels() ?? throw new InvalidOperationException("A canvas without pixels.");
        var image = new RgbImage(_pixelWidth, _pixelHeight);
        var target = image.Pixels;
        var next = 0;
        for (var y = 0; y < _pixelHeight; y++)
        {
            var row = pixmap.GetPixelSpan().Slice(y * pixmap.RowBytes, _pixelWidth * 4);
            for (var x = 0; x < row.Length; x += 4)
            {
                target[next++] = row[x];
                target[next++] = row[x + 1];
                target[next++] = row[x + 2];
            }
        }

        return image;
    }

    public void Dispose()
    {
        _paint.Dispose();
        _surface.Dispose();
    }

    private SKPaint Plain(SKColor colour)
    {
        _paint.Shader = null;
        _paint.IsStroke = false;
        _paint.Color = colour;
        return _paint;
    }

    private SKPaint Shaded(SKShader shader)
    {
        _paint.Shader = shader;
        _paint.IsStroke = false;
        _paint.Color = SKColors.Black;
        return _paint;
    }

    private SKShader TileShader(Tile tile, SKSize size, float degrees)
    {
        var image = Tiles.Of(tile);
        var matrix = SKMatrix.CreateScale(size.Width / image.Width, size.Height / image.Height)
            .PostConcat(SKMatrix.CreateRotationDegrees(degrees))
            .PostConcat(SKMatrix.CreateTranslation(Range(0, 1), Range(0, 1)));
        return image.ToShader(
            SKShaderTileMode.Repeat, SKShaderTileMode.Repeat, new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Nearest), matrix);
    }
}
