using SkiaSharp;

namespace ClassifierFunctions.Training.Scenes;

/// <summary>Makes each repeating texture once per process, the same every time.</summary>
internal static class Tiles
{
    private const int Side = 512;

    private static readonly Lazy<SKImage>[] Images = [.. Enum.GetValues<Tile>().Select(tile => new Lazy<SKImage>(() => Make(tile)))];

    public static SKImage Of(Tile tile) => Images[(int)tile].Value;

    private static SKImage Make(Tile tile)
    {
        var random = new Random(1000 + (int)tile);
        return tile switch
        {
            Tile.Cloud => Noise(4, 7, t => Step(0.35f, 0.75f, t), random),
            Tile.Rock => Noise(8, 6, t => Step(0.42f, 0.56f, t), random),
            Tile.Strokes => Drawn(canvas => Scatter(random, 9000, (x, y) => Stroke(canvas, random, x, y))),
            Tile.Weave => Drawn(Weave),
            Tile.Gravel => Drawn(canvas => Scatter(random, 5000, (x, y) => Stone(canvas, random, x, y))),
            Tile.Foliage => Drawn(canvas => Scatter(random, 4000, (x, y) => Leaf(canvas, random, x, y))),
            _ => throw new ArgumentOutOfRangeException(nameof(tile), tile, "No such texture."),
        };
    }

    private static float Step(float low, float high, float at)
    {
        var t = Math.Clamp((at - low) / (high - low), 0, 1);
        return t * t * (3 - 2 * t);
    }

    private static SKImage Noise(int cells, int octaves, Func<float, float> curve, Random random)
    {
        var noise = FractalNoise.Square(Side, cells, octaves, random);
        return Alpha([.. noise.Select(value => (byte)(255 * curve(value)))]);
    }

    private static SKImage Alpha(byte[] values)
    {
        using var data = SKData.CreateCopy(values);
        return SKImage.FromPixels(new SKImageInfo(Side, Side, SKColorType.Alpha8, SKAlphaType.Premul), data, Side);
    }

    // Drawn in grey on black; grey becomes density.
    private static SKImage Drawn(Action<SKCanvas> draw)
    {
        using var bitmap = new SKBitmap(new SKImageInfo(Side, Side, SKColorType.Gray8, SKAlphaType.Opaque));
        using var canvas = new SKCanvas(bitmap);
        canvas.Clear(SKColors.Black);
        draw(canvas);
        var values = new byte[Side * Side];
        for (var y = 0; y < Side; y++)
            bitmap.GetPixelSpan().Slice(y * bitmap.RowBytes, Side).CopyTo(values.AsSpan(y * Side));
        return Alpha(values);
    }

    private static void Scatter(Random random, int count, Action<float, float> draw)
    {
        for (var i = 0; i < count; i++)
            draw(random.NextSingle() * Side, random.NextSingle() * Side);
    }

    private static SKPaint Grey(float value) => new() { IsAntialias = true, Color = Tint.Grey(value) };

    // What crosses an edge of the tile enters again at the opposite one.
    private static void Wrapped(float x, float y, float reach, Action<float, float> draw)
    {
        for (var dy = -Side; dy <= Side; dy += Side)
        {
            for (var dx = -Side; dx <= Side; dx += Side)
            {
                if (x + dx > -reach && x + dx < Side + reach && y + dy > -reach && y + dy < Side + reach)
                    draw(x + dx, y + dy);
            }
        }
    }

    private static void Stroke(SKCanvas canvas, Random random, float x, float y)
    {
        var (length, rise) = (15 + 40 * random.NextSingle(), 6 * (random.NextSingle() - 0.5f));
        using var paint = Grey(random.NextSingle());
        paint.IsStroke = true;
        paint.StrokeWidth = 1 + 2 * random.NextSingle();
        Wrapped(x, y, 60, (atX, atY) => canvas.DrawLine(atX, atY, atX + length, atY + rise, paint));
    }

    private static void Weave(SKCanvas canvas)
    {
        const int Thread = 16;
        for (var row = 0; row < Side / Thread; row++)
        {
            for (var column = 0; column < Side / Thread; column++)
            {
                var area = SKRect.Create(column * Thread, row * Thread, Thread, Thread);
                var along = (row + column) % 2 == 0;
                var (from, to) = along ? (area.Left, area.Right) : (area.Top, area.Bottom);
                using var shader = SKShader.CreateLinearGradient(
                    along ? new SKPoint(0, area.Top) : new SKPoint(area.Left, 0),
                    along ? new SKPoint(0, area.Bottom) : new SKPoint(area.Right, 0),
                    [Tint.Grey(0.1f), Tint.Grey(along ? 0.95f : 0.7f), Tint.Grey(0.05f)],
                    SKShaderTileMode.Clamp);
                using var paint = new SKPaint { IsAntialias = true, Shader = shader };
                canvas.DrawRect(area, paint);
            }
        }
    }

    private static void Stone(SKCanvas canvas, Random random, float x, float y)
    {
        var radius = 3 / MathF.Sqrt(0.04f + random.NextSingle());
        var (tone, flat) = (0.3f + 0.5f * random.NextSingle(), 0.6f + 0.4f * random.NextSingle());
        using var shade = Grey(0.05f);
        using var body = Grey(tone);
        using var lit = Grey(Math.Min(1, tone + 0.2f));
        Wrapped(x, y, radius * 2, (atX, atY) =>
        {
            canvas.DrawOval(atX + radius * 0.2f, atY + radius * 0.2f, radius, radius * flat, shade);
            canvas.DrawOval(atX, atY, radius, radius * flat, body);
            canvas.DrawOval(atX - radius * 0.25f, atY - radius * 0.25f, radius * 0.5f, radius * flat * 0.5f, lit);
        });
    }

    private static void Leaf(SKCanvas canvas, Random random, float x, float y)
    {
        var (length, degrees) = (9 + 14 * random.NextSingle(), 360 * random.NextSingle());
        using var paint = Grey(random.NextSingle());
        using var shape = Shapes.Leaf(length, length * (0.3f + 0.3f * random.NextSingle()));
        Wrapped(x, y, length, (atX, atY) =>
        {
            canvas.Save();
            canvas.Translate(atX, atY);
            canvas.RotateDegrees(degrees);
            canvas.DrawPath(shape, paint);
            canvas.Restore();
        });
    }
}
