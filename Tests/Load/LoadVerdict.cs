namespace ClassifierFunctions.Tests.Load;

/// <summary>What a check finds of an answer.</summary>
/// <param name="IsRight">False fails a test.</param>
/// <param name="Tag">Whatever the caller wants to tell answers apart by, such as the model's version.</param>
internal readonly record struct LoadVerdict(bool IsRight, short Tag = 0)
{
    public static implicit operator LoadVerdict(bool isRight) => new(isRight);
}
