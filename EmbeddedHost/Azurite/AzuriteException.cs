namespace ClassifierFunctions.EmbeddedHost.Azurite;

/// <summary>The emulator cannot be installed or started. The message says what to do.</summary>
internal sealed class AzuriteException(string message) : Exception(message);
