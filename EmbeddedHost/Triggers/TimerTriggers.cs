using ClassifierFunctions.EmbeddedHost.Functions;
using ClassifierFunctions.Results;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ClassifierFunctions.EmbeddedHost.Triggers;

/// <summary>Makes the loops of the timer-triggered functions. As in Azure, where a timer needs the storage, they are off without it.</summary>
internal sealed class TimerTriggers
{
    private readonly Dictionary<string, TimerFunction> _functions;
    private readonly bool _areOn;
    private readonly ILogger<TimerTriggers> _logger;

    /// <exception cref="Configuration.StartupException">A malformed schedule.</exception>
    public TimerTriggers(IReadOnlyList<FunctionDescriptor> functions, IConfiguration configuration, IServiceScopeFactory scopes, TimeProvider time, ILoggerFactory loggers)
    {
        var logger = loggers.CreateLogger<TimerFunction>();
        _functions = functions.Where(function => function.Trigger is TimerTriggerAttribute).ToDictionary(
            function => function.Name,
            function => new TimerFunction(function, (TimerTriggerAttribute)function.Trigger, scopes, time, logger),
            StringComparer.OrdinalIgnoreCase);
        _areOn = new StorageConnection(configuration).IsConfigured;
        _logger = loggers.CreateLogger<TimerTriggers>();
    }

    public IReadOnlyList<Task> Run(CancellationToken abort, CancellationToken stopping)
    {
        if (_areOn)
            return [.. _functions.Values.Select(function => function.RunAsync(abort, stopping))];
        foreach (var name in _functions.Keys)
            TriggerLog.Off(_logger, name, StorageConnection.DefaultSetting);
        return [];
    }

    /// <summary>Makes a timer's function run now, or once more after its current run.</summary>
    /// <returns>False when timers are off.</returns>
    public bool TryRequestRun(string name)
    {
        if (_areOn)
            _functions[name].RequestRun();
        return _areOn;
    }
}
