namespace ClassifierFunctions.Training.Scenes;

/// <summary>What a drawn scene shows.</summary>
internal enum SceneKind
{
    DeadLeaves,
    Landscape,
    City,
    Interior,
    Animal,
    StillLife,
    Poster,
}
