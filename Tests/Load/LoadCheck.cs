namespace ClassifierFunctions.Tests.Load;

/// <summary>Looks at every answer, on the thread that received it: it must be cheap, and thread-safe.</summary>
/// <param name="request">Position in the generator's list.</param>
/// <param name="answer">What came.</param>
internal delegate LoadVerdict LoadCheck(int request, in LoadAnswer answer);
