using System.Reflection;
using Azure.Storage.Blobs;
using ClassifierFunctions.Configuration;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace ClassifierFunctions.EmbeddedHost.Functions;

/// <summary>Finds the functions of an app, and refuses at start-up what could not be called later.</summary>
internal static class FunctionDiscovery
{
    // Which type each trigger's parameter has here. The official worker knows more; the app uses these.
    private static readonly Dictionary<Type, Type> TriggerTypes = new()
    {
        [typeof(HttpTriggerAttribute)] = typeof(HttpRequest),
        [typeof(BlobTriggerAttribute)] = typeof(BlobClient),
        [typeof(QueueTriggerAttribute)] = typeof(string),
        [typeof(TimerTriggerAttribute)] = typeof(TimerInfo),
    };

    /// <exception cref="StartupException">A function that cannot be called, or two of one name.</exception>
    public static IReadOnlyList<FunctionDescriptor> Discover(IEnumerable<Type> types)
    {
        var functions = types
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly))
            .Select(method => (Method: method, Attribute: method.GetCustomAttribute<FunctionAttribute>()))
            .Where(candidate => candidate.Attribute is not null)
            .Select(candidate => Describe(candidate.Attribute!.Name, candidate.Method))
            .OrderBy(function => function.Name, StringComparer.Ordinal)
            .ToArray();
        return functions.GroupBy(function => function.Name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(group => group.Count() > 1) is { } twice
            ? throw new StartupException($"Two functions are named {twice.Key}.")
            : functions;
    }

    private static FunctionDescriptor Describe(string name, MethodInfo method)
    {
        var triggers = method.GetParameters()
            .Select(parameter => (Parameter: parameter, Trigger: parameter.GetCustomAttributes().FirstOrDefault(attribute => TriggerTypes.ContainsKey(attribute.GetType()))))
            .Where(candidate => candidate.Trigger is not null)
            .ToArray();
        if (triggers is not [var (parameter, trigger)])
            throw new StartupException($"Function {name} has {triggers.Length} triggers that the embedded host knows; it needs one: HTTP, blob, queue or timer.");
        if (parameter.ParameterType != TriggerTypes[trigger!.GetType()])
            throw new StartupException($"Function {name}: the trigger's parameter must be a {TriggerTypes[trigger.GetType()].Name} in the embedded host.");
        foreach (var other in method.GetParameters().Where(other => other != parameter))
        {
            if (other.ParameterType != typeof(string) && other.ParameterType != typeof(CancellationToken))
                throw new StartupException($"Function {name}: the embedded host can bind parameter {other.Name} only as string or CancellationToken.");
        }

        return IsBindableReturn(method.ReturnType)
            ? new FunctionDescriptor(name, method, parameter, trigger)
            : throw new StartupException($"Function {name} must return Task, or Task<IResult> for HTTP, in the embedded host.");
    }

    private static bool IsBindableReturn(Type type) => type == typeof(Task) || type == typeof(Task<IResult>);
}
