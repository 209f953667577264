using System.Reflection;

namespace ClassifierFunctions.EmbeddedHost.Functions;

/// <summary>A discovered function.</summary>
/// <param name="Name">Unique name, from its attribute.</param>
/// <param name="Method">The method to call.</param>
/// <param name="TriggerParameter">The parameter that receives what triggered it.</param>
/// <param name="Trigger">That parameter's attribute.</param>
internal sealed record FunctionDescriptor(string Name, MethodInfo Method, ParameterInfo TriggerParameter, Attribute Trigger);
