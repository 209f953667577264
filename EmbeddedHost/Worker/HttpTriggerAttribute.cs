namespace Microsoft.Azure.Functions.Worker;

/// <summary>Marks the parameter that receives the HTTP request.</summary>
/// <param name="authLevel">Which key a request needs in Azure.</param>
/// <param name="methods">HTTP methods of the route; none means all.</param>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class HttpTriggerAttribute(AuthorizationLevel authLevel, params string[] methods) : Attribute
{
    public AuthorizationLevel AuthLevel { get; } = authLevel;

    public string[] Methods { get; } = methods;

    /// <summary>Route template below the route prefix; the function's name by default.</summary>
    public string? Route { get; set; }
}
