namespace ClassifierFunctions.Http;

/// <summary>The images of one request, in the order in which they came.</summary>
/// <param name="Items">At least one.</param>
/// <param name="IsList">True when the answer is a list, even if it has only one item.</param>
internal sealed record RequestImages(IReadOnlyList<RequestImage> Items, bool IsList) : IDisposable
{
    public void Dispose()
    {
        foreach (var item in Items)
            item.Dispose();
    }
}
