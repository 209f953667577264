namespace ClassifierFunctions.Tests.Load;

/// <summary>One request, as the client saw it.</summary>
/// <param name="Due">When it should have been sent, in ticks of <see cref="System.Diagnostics.Stopwatch"/>; in a closed loop, when it was.</param>
/// <param name="Started">When it was sent.</param>
/// <param name="Ended">When its answer was there, whole.</param>
/// <param name="Status">HTTP status; 0 when the connection failed.</param>
/// <param name="Verdict">What the check said.</param>
internal readonly record struct LoadSample(long Due, long Started, long Ended, short Status, LoadVerdict Verdict);
