using System.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace ClassifierFunctions.EmbeddedHost.Functions;

/// <summary>Calls a function: its class is made by dependency injection for each call, its parameters are bound by attribute, type or name.</summary>
internal sealed class FunctionInvoker
{
    private readonly FunctionDescriptor _function;
    private readonly ObjectFactory? _create;
    private readonly MethodInvoker _method;
    private readonly ParameterInfo[] _parameters;

    public FunctionInvoker(FunctionDescriptor function)
    {
        _function = function;
        _create = function.Method.IsStatic ? null : ActivatorUtilities.CreateFactory(function.Method.DeclaringType!, []);
        _method = MethodInvoker.Create(function.Method);
        _parameters = function.Method.GetParameters();
    }

    /// <param name="services">A scope for this call.</param>
    /// <param name="trigger">Value of the trigger's parameter.</param>
    /// <param name="bindingData">Values of string parameters by name, such as route values; missing ones are null.</param>
    /// <param name="cancellationToken">Value of a parameter of that type.</param>
    /// <returns>What the function gave; null for a plain task.</returns>
    public async Task<object?> InvokeAsync(
        IServiceProvider services, object trigger, IReadOnlyDictionary<string, string?> bindingData, CancellationToken cancellationToken)
    {
        var instance = _create?.Invoke(services, null);
        try
        {
            var arguments = Array.ConvertAll(_parameters, parameter =>
                parameter == _function.TriggerParameter ? trigger
                : parameter.ParameterType == typeof(CancellationToken) ? cancellationToken
                : (object?)bindingData.GetValueOrDefault(parameter.Name!));
            var task = (Task)_method.Invoke(instance, arguments)!;
            await task.ConfigureAwait(false);
            return task is Task<IResult> result ? await result.ConfigureAwait(false) : null;
        }
        finally
        {
            if (instance is IAsyncDisposable asyncDisposable)
                await asyncDisposable.DisposeAsync().ConfigureAwait(false);
            else
                (instance as IDisposable)?.Dispose();
        }
    }
}
