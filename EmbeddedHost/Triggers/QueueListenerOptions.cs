namespace ClassifierFunctions.EmbeddedHost.Triggers;

/// <summary>How a queue is read.</summary>
/// <param name="Parallelism">Messages processed at once.</param>
/// <param name="Tries">Times a message is tried before it is given up.</param>
/// <param name="RetryDelay">Wait before the next try.</param>
/// <param name="MaxPollingInterval">Longest pause between two looks at an empty queue.</param>
internal sealed record QueueListenerOptions(int Parallelism, int Tries, TimeSpan RetryDelay, TimeSpan MaxPollingInterval);
