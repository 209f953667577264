namespace ClassifierFunctions.Training.Scenes;

/// <summary>The repeating textures.</summary>
internal enum Tile
{
    /// <summary>1/f noise: clouds, stains, soft shading.</summary>
    Cloud,

    /// <summary>1/f noise with hard edges: rock, bark, rough walls.</summary>
    Rock,

    /// <summary>Short strokes side by side, along x: fur, wood, brushed surfaces.</summary>
    Strokes,

    /// <summary>Threads over and under each other.</summary>
    Weave,

    /// <summary>Little round stones with a lit and a shaded side.</summary>
    Gravel,

    /// <summary>Little pointed leaves that cover each other.</summary>
    Foliage,
}
