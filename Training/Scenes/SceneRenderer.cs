namespace ClassifierFunctions.Training.Scenes;

/// <summary>Draws sharp, well exposed, noise-free pictures whose statistics resemble those of photos.</summary>
internal static class SceneRenderer
{
    private static readonly SceneKind[] Kinds = Enum.GetValues<SceneKind>();

    /// <summary>What <see cref="Render(int, int, int)"/> draws for a seed.</summary>
    public static SceneKind KindOf(int seed) => Kinds[new Random(seed).Next(Kinds.Length)];

    /// <summary>Draws the scene of a seed; two sizes of one shape show the same scene.</summary>
    public static RgbImage Render(int seed, int width, int height)
    {
        var random = new Random(seed);
        var kind = Kinds[random.Next(Kinds.Length)];
        var exposure = Exposure.Draw(random);
        using var stage = new Stage(width, height, random);
        Paint(stage, kind);
        Light.Vignette(stage, stage.Range(0f, 0.3f));
        var image = stage.ToImage();
        exposure.Apply(image);
        return image;
    }

    private static void Paint(Stage stage, SceneKind kind)
    {
        switch (kind)
        {
            case SceneKind.DeadLeaves:
                DeadLeavesScene.Paint(stage);
                break;
            case SceneKind.Landscape:
                LandscapeScene.Paint(stage);
                break;
            case SceneKind.City:
                CityScene.Paint(stage);
                break;
            case SceneKind.Interior:
                InteriorScene.Paint(stage);
                break;
            case SceneKind.Animal:
                AnimalScene.Paint(stage);
                break;
            case SceneKind.StillLife:
                StillLifeScene.Paint(stage);
                break;
            case SceneKind.Poster:
                PosterScene.Paint(stage);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(kind), kind, "No painter.");
        }
    }
}
