namespace Microsoft.Azure.Functions.Worker;

/// <summary>Marks a method as a function, as the official worker's attribute of this name does.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class FunctionAttribute(string name) : Attribute
{
    public string Name { get; } = name;
}
