using SkiaSharp;

namespace ClassifierFunctions.Training.Scenes;

/// <summary>A street in one-point perspective, with a skyline at its end.</summary>
internal static class CityScene
{
    public static void Paint(Stage stage)
    {
        var sky = Sky.Any(stage);
        var palette = new Palette(stage);
        var horizon = stage.Height * stage.Range(0.5f, 0.7f);
        var vanishing = stage.Width * stage.Range(0.35f, 0.65f);
        sky.Paint(stage, horizon);
        Skyline(stage, sky, palette, horizon);
        Street(stage, vanishing, horizon);
        Row(stage, palette, sky, vanishing, horizon, -1);
        Row(stage, palette, sky, vanishing, horizon, 1);
        Cars(stage, palette, vanishing, horizon);
        Light.Side(stage, stage.Range(0.1f, 0.4f));
    }

    private static void Skyline(Stage stage, Sky sky, Palette palette, float horizon)
    {
        for (var layer = 0; layer < 2; layer++)
        {
            for (var x = -0.05f; x < stage.Width; x += stage.Range(0.05f, 0.12f))
            {
                var area = new SKRect(x, horizon - stage.Range(0.08f, 0.42f - 0.15f * layer), x + stage.Range(0.06f, 0.14f), horizon);
                var colour = Tint.Mix(palette.Varied(stage), sky.Horizon, 0.65f - 0.3f * layer);
                stage.Fill(area, colour);
                Facade.Flat(area).Windows(
                    stage, stage.Whole(3, 5), stage.Whole(4, 9), Tint.Mix(sky.Zenith, colour, 0.5f), Tint.Scale(colour, 1.08f), 0.05f);
            }
        }
    }

    private static void Street(Stage stage, float vanishing, float horizon)
    {
        var area = new SKRect(0, horizon, stage.Width, stage.Height);
        var asphalt = Tint.Grey(stage.Range(0.25f, 0.45f));
        stage.Gradient(area, new SKPoint(0, horizon), new SKPoint(0, stage.Height), Tint.Scale(asphalt, 1.4f), asphalt);
        stage.Texture(area, Tile.Gravel, Tint.Clear(SKColors.Black, 0.25f), new SKSize(0.5f, 0.25f));
        var depth = stage.Height - horizon;
        foreach (var side in (ReadOnlySpan<float>)[-1, 1])
        {
            var paving = Tint.Grey(0.62f);
            stage.Polygon(
                paving, new SKPoint(vanishing, horizon), new SKPoint(vanishing + side * depth * 1.9f, stage.Height),
                new SKPoint(vanishing + side * depth * 4, stage.Height), new SKPoint(vanishing + side * depth * 4, horizon));
            stage.Line(vanishing, horizon, vanishing + side * depth * 1.9f, stage.Height, 0.008f, Tint.Grey(0.85f));
        }

        // Dashes at equal distances: their places on the picture go with one over the distance.
        for (var dash = 1; dash < 14; dash++)
        {
            var (near, far) = (depth / (dash * 0.7f), depth / (dash * 0.7f + 0.35f));
            stage.Polygon(
                Tint.Grey(0.9f), new SKPoint(vanishing - near * 0.04f, horizon + near), new SKPoint(vanishing + near * 0.04f, horizon + near),
                new SKPoint(vanishing + far * 0.04f, horizon + far), new SKPoint(vanishing - far * 0.04f, horizon + far));
        }
    }

    private static void Row(Stage stage, Palette palette, Sky sky, float vanishing, float horizon, int side)
    {
        var edge = side < 0 ? -0.1f : stage.Width + 0.1f;
        var half = Math.Abs(edge - vanishing);
        // Houses from the far end towards the viewer; at each boundary a distance relative to the picture's edge.
        for (var house = 4; house >= 0; house--)
        {
            var (nearAt, farAt) = (1 + house * 0.9f, 1.9f + house * 0.9f);
            var (rise, drop) = (half * stage.Range(0.6f, 1.3f), half * 0.4f);
            var face = new Facade(
                (vanishing + side * half / nearAt, horizon - rise / nearAt, horizon + drop / nearAt),
                (vanishing + side * half / farAt, horizon - rise / farAt, horizon + drop / farAt),
                farAt / nearAt);
            var wall = Tint.Mix(palette.Varied(stage), new SKColor(176, 150, 128), 0.4f);
            House(stage, face, wall, sky, house);
        }
    }

    private static void House(Stage stage, Facade face, SKColor wall, Sky sky, int distance)
    {
        using var front = face.Quad(0, 0, 1, 1);
        if (distance < 2 && stage.Chance(0.5f))
            face.Bricks(stage, 12, 36, wall, Tint.Scale(wall, 0.7f), 0.5f);
        else
            stage.Gradient(front, face.At(0, 0), face.At(0, 1), Tint.Scale(wall, 1.15f), Tint.Scale(wall, 0.8f));
        stage.Texture(front, Tile.Cloud, Tint.Clear(Tint.Scale(wall, 0.5f), 0.35f), new SKSize(0.4f, 0.6f));
        var frame = stage.Chance(0.5f) ? Tint.Grey(0.85f) : Tint.Scale(wall, 0.55f);
        face.Windows(stage, stage.Whole(3, 5), stage.Whole(4, 7), Tint.Mix(sky.Zenith, SKColors.Black, 0.45f), frame, 0.12f);
        face.Fill(stage, 0, 0, 1, 0.03f, Tint.Scale(wall, 0.6f));
        face.Fill(stage, 0, 0.9f, 1, 1, Tint.Scale(wall, 0.45f));
        face.Fill(stage, 0.42f, 0.86f, 0.58f, 1, new SKColor(60, 36, 28));
    }

    private static void Cars(Stage stage, Palette palette, float vanishing, float horizon)
    {
        var count = stage.Whole(0, 4);
        for (var i = 0; i < count; i++)
        {
            var near = stage.Range(0.3f, 0.6f) * (i + 1) / count * (stage.Height - horizon);
            var (x, y, s) = (vanishing + (i % 2 == 0 ? -0.95f : 0.95f) * near, horizon + near, near * 0.55f);
            var paint = palette.Varied(stage);
            Light.Shadow(stage, x, y, s * 1.3f, s * 0.25f, 0.7f);
            Car(stage, x, y, s, paint);
        }
    }

    private static void Car(Stage stage, float x, float y, float s, SKColor paint)
    {
        var canvas = stage.Canvas;
        canvas.Save();
        canvas.Translate(x, y);
        canvas.Scale(s);
        stage.Fill(new SKRect(-0.85f, -0.3f, -0.5f, 0.02f), Tint.Grey(0.08f));
        stage.Fill(new SKRect(0.5f, -0.3f, 0.85f, 0.02f), Tint.Grey(0.08f));
        stage.Polygon(
            Tint.Scale(paint, 0.8f), new SKPoint(-0.7f, -0.75f), new SKPoint(-0.5f, -1.25f), new SKPoint(0.5f, -1.25f), new SKPoint(0.7f, -0.75f));
        stage.Polygon(
            new SKColor(60, 74, 88), new SKPoint(-0.6f, -0.78f), new SKPoint(-0.44f, -1.18f), new SKPoint(0.44f, -1.18f), new SKPoint(0.6f, -0.78f));
        stage.Gradient(
            new SKRect(-0.9f, -0.78f, 0.9f, -0.15f), new SKPoint(0, -0.78f), new SKPoint(0, -0.15f), Tint.Scale(paint, 1.3f), Tint.Scale(paint, 0.5f));
        stage.Fill(new SKRect(-0.82f, -0.65f, -0.55f, -0.5f), new SKColor(200, 40, 36));
        stage.Fill(new SKRect(0.55f, -0.65f, 0.82f, -0.5f), new SKColor(200, 40, 36));
        stage.Fill(new SKRect(-0.25f, -0.5f, 0.25f, -0.36f), Tint.Grey(0.9f));
        canvas.Restore();
    }
}
