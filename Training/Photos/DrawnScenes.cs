using ClassifierFunctions.Training.Scenes;

namespace ClassifierFunctions.Training.Photos;

/// <summary>Drawn scenes as originals.</summary>
internal static class DrawnScenes
{
    private const int LongEdge = 640;
    private const int ShortEdge = 480;

    /// <summary>Draws scenes, half of them upright.</summary>
    public static IReadOnlyList<Original> Draw(int count, int seed, CancellationToken cancellationToken)
    {
        var random = new Random(seed);
        var seeds = Enumerable.Range(0, count).Select(_ => (Scene: random.Next(), Upright: random.Next(2) == 0)).ToArray();
        var scenes = new Original[count];
        Parallel.For(0, count, new ParallelOptions { CancellationToken = cancellationToken }, i => scenes[i] = new Original(
            $"scene {seeds[i].Scene}",
            seeds[i].Upright ? SceneRenderer.Render(seeds[i].Scene, ShortEdge, LongEdge) : SceneRenderer.Render(seeds[i].Scene, LongEdge, ShortEdge)));
        return scenes;
    }
}
