namespace ClassifierFunctions.Configuration;

/// <summary>Start-up cannot go on. The message is one clear line, shown without a stack trace.</summary>
public sealed class StartupException(string message) : Exception(message);
