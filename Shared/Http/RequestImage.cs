using ClassifierFunctions.Imaging;
using ClassifierFunctions.Results;

namespace ClassifierFunctions.Http;

/// <summary>One image of a request: its bytes, or why it has none.</summary>
internal sealed record RequestImage(string? FileName, PooledBytes? Bytes, ClassifierException? Failure) : IDisposable
{
    public void Dispose() => Bytes?.Dispose();
}
