using SkiaSharp;

namespace ClassifierFunctions.Training.Scenes;

/// <summary>Sky, hazy mountains, and water, meadow or woods in front.</summary>
internal static class LandscapeScene
{
    public static void Paint(Stage stage)
    {
        var sky = Sky.Any(stage);
        var horizon = stage.Height * stage.Range(0.35f, 0.65f);
        sky.Paint(stage, horizon + 0.02f);
        var land = Tint.Mix(Tint.Hsv(stage.Range(25, 150), stage.Range(0.2f, 0.5f), stage.Range(0.25f, 0.45f)), sky.Zenith, 0.12f);
        Mountains(stage, sky, land, horizon);
        var water = stage.Chance(0.55f);
        var ground = water ? stage.Height * stage.Range(0.82f, 1.05f) : horizon;
        if (water)
        {
            Shore(stage, sky, land, horizon);
            Water.Paint(stage, horizon, stage.Height, Tint.Mix(sky.Zenith, new SKColor(30, 60, 70), 0.5f), stage.Range(0.2f, 1));
        }

        Meadow(stage, land, ground);
        if (stage.Chance(0.6f))
            NearTrees(stage, land, Math.Min(ground + 0.12f, stage.Height * 1.02f));
    }

    private static void Mountains(Stage stage, Sky sky, SKColor land, float horizon)
    {
        var ridges = stage.Whole(2, 4);
        for (var i = 0; i < ridges; i++)
        {
            var near = (i + 1f) / ridges;
            var height = stage.Range(0.1f, 0.3f) * (1.1f - near * 0.6f);
            var heights = Shapes.Ridge(stage, 8, height * 0.6f, 0.54f);
            using var mountain = Shapes.Land(heights, stage.Width, horizon - height, horizon + 0.02f);
            var colour = Tint.Mix(sky.Horizon, land, 0.2f + 0.7f * near);
            stage.Gradient(
                mountain, new SKPoint(0, horizon - height * 1.6f), new SKPoint(0, horizon), Tint.Scale(colour, 0.9f),
                Tint.Mix(colour, sky.Horizon, 0.3f));
            stage.Texture(mountain, Tile.Rock, Tint.Clear(Tint.Scale(colour, 0.6f), 0.55f * near), new SKSize(0.5f, 0.7f), -25);
            if (near > 0.6f)
                stage.Texture(mountain, Tile.Rock, Tint.Clear(Tint.Scale(colour, 1.5f), 0.4f * near), new SKSize(0.35f, 0.5f), 30);
            if (near > 0.7f && stage.Chance(0.7f))
                Woods(stage, heights, horizon - height, Tint.Mix(colour, land, 0.6f));
        }
    }

    private static void Woods(Stage stage, float[] heights, float level, SKColor colour)
    {
        var count = (int)(90 * stage.Width);
        for (var i = 0; i < count; i++)
        {
            var at = stage.Range(0, 1);
            var y = level + heights[(int)(at * (heights.Length - 1))] + stage.Range(0, 0.05f);
            Plants.Conifer(stage, at * stage.Width, y, stage.Range(0.025f, 0.06f), Tint.Scale(colour, stage.Range(0.55f, 0.95f)));
        }
    }

    private static void Shore(Stage stage, Sky sky, SKColor land, float horizon)
    {
        var count = (int)(60 * stage.Width);
        var dark = Tint.Mix(Tint.Scale(land, 0.7f), sky.Horizon, 0.15f);
        for (var i = 0; i < count; i++)
        {
            var x = stage.Range(0, stage.Width);
            if (MathF.Sin(x * 7 + land.Red) > 0.5f)
                continue;
            if (stage.Chance(0.5f))
                Plants.Conifer(stage, x, horizon, stage.Range(0.03f, 0.1f), dark);
            else
                Plants.Clump(stage, x, horizon - 0.015f, stage.Range(0.015f, 0.03f), Tint.Scale(dark, 1.3f), 25);
        }

        stage.Fill(new SKRect(0, horizon - 0.004f, stage.Width, horizon), Tint.Scale(dark, 0.8f));
    }

    private static void Meadow(Stage stage, SKColor land, float ground)
    {
        if (ground >= stage.Height)
            return;
        var heights = Shapes.Ridge(stage, 6, 0.03f, 0.5f);
        using var meadow = Shapes.Land(heights, stage.Width, ground, stage.Height);
        var light = Tint.Mix(Tint.Scale(land, 1.7f), new SKColor(170, 180, 80), 0.3f);
        stage.Gradient(meadow, new SKPoint(0, ground), new SKPoint(0, stage.Height), light, Tint.Scale(land, 0.8f));
        stage.Texture(meadow, Tile.Cloud, Tint.Clear(Tint.Scale(land, 0.5f), 0.5f), new SKSize(1.5f, 0.4f));
        stage.Texture(meadow, stage.Chance(0.5f) ? Tile.Foliage : Tile.Gravel, Tint.Clear(Tint.Scale(light, 1.2f), 0.35f), new SKSize(0.5f, 0.3f));
        if (!stage.Chance(0.75f))
            return;
        Plants.Grass(stage, ground + 0.02f, stage.Height + 0.05f, (int)(1100 * stage.Width), Tint.Mix(light, land, 0.4f));
        if (stage.Chance(0.5f))
            Flowers(stage, ground, Tint.Hsv(stage.Range(0, 360), 0.7f, 0.95f));
    }

    private static void Flowers(Stage stage, float ground, SKColor colour)
    {
        for (var i = 0; i < 90; i++)
        {
            var near = stage.Range(0, 1);
            var (x, y) = (stage.Range(0, stage.Width), ground + (stage.Height - ground) * near);
            var size = 0.003f + 0.009f * near;
            for (var petal = 0; petal < 5; petal++)
            {
                var angle = petal * MathF.Tau / 5;
                stage.Disc(x + size * MathF.Cos(angle), y + size * 0.8f * MathF.Sin(angle), size * 0.65f, Tint.Scale(colour, 0.8f + 0.06f * petal));
            }

            stage.Disc(x, y, size * 0.5f, new SKColor(220, 170, 40));
        }
    }

    private static void NearTrees(Stage stage, SKColor land, float foot)
    {
        var count = stage.Whole(1, 3);
        for (var i = 0; i < count; i++)
        {
            var x = stage.Range(0, stage.Width);
            var colour = Tint.Scale(land, stage.Range(0.7f, 1.2f));
            if (stage.Chance(0.5f))
                Plants.Conifer(stage, x, foot, stage.Range(0.35f, 0.7f), Tint.Scale(colour, 0.8f));
            else
                Plants.Broadleaf(stage, x, foot, stage.Range(0.4f, 0.8f), colour, 900);
        }
    }
}
