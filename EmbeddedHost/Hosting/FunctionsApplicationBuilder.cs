using System.Reflection;
using ClassifierFunctions.EmbeddedHost.Azurite;
using ClassifierFunctions.EmbeddedHost.Functions;
using ClassifierFunctions.EmbeddedHost.Hosting;
using ClassifierFunctions.EmbeddedHost.Http;
using ClassifierFunctions.EmbeddedHost.Triggers;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Microsoft.Azure.Functions.Worker.Builder;

/// <summary>Builds a host that serves the entry assembly's functions on Kestrel.</summary>
public sealed class FunctionsApplicationBuilder : IHostApplicationBuilder
{
    private readonly WebApplicationBuilder _web;
    private readonly EmbeddedHostSettings _settings;
    private readonly HostJson _hostJson;
    private readonly CorsSettings _cors;

    internal FunctionsApplicationBuilder(string[] args)
    {
        args = EmbeddedHostSettings.Normalise(args);
        var root = HostJson.FindRoot();
        _hostJson = HostJson.Read(root);
        _web = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = root });
        LocalSettings.AddTo(_web.Configuration, root);
        _settings = EmbeddedHostSettings.Read(args);
        _cors = CorsSettings.Read(args, root);
        ConsoleLogging.AddTo(_web.Logging, _hostJson);
        _web.WebHost.UseKestrelOn(_settings);
        _web.Services.AddProblemDetails();
        _web.Services.AddCors(cors => cors.AddDefaultPolicy(_cors.Apply));
    }

    public IConfigurationManager Configuration => _web.Configuration;

    public IHostEnvironment Environment => _web.Environment;

    public ILoggingBuilder Logging => _web.Logging;

    public IMetricsBuilder Metrics => _web.Metrics;

    public IServiceCollection Services => _web.Services;

    IDictionary<object, object> IHostApplicationBuilder.Properties => ((IHostApplicationBuilder)_web).Properties;

    /// <summary>HTTP is always on here; the call is the official worker's way to ask for ASP.NET Core's types.</summary>
    public FunctionsApplicationBuilder ConfigureFunctionsWebApplication() => this;

    public IHost Build()
    {
        var functions = FunctionDiscovery.Discover(Assembly.GetEntryAssembly()!.GetTypes());
        _web.Services.AddSingleton(_hostJson);
        // Stopped in reverse: the triggers finish while the emulator still runs.
        _web.Services.AddHostedService<AzuriteService>();
        _web.Services.AddSingleton(_cors);
        _web.Services.AddHostedService<EmulatorCors>();
        _web.Services.AddTriggers(functions);
        var app = _web.Build();
        app.MapHttpTriggers(functions, _hostJson.RoutePrefix);
        app.MapAdminRoutes(functions);
        return new EmbeddedApplication(app, functions, _hostJson, _settings);
    }

    public void ConfigureContainer<TContainerBuilder>(IServiceProviderFactory<TContainerBuilder> factory, Action<TContainerBuilder>? configure = null)
        where TContainerBuilder : notnull
        => ((IHostApplicationBuilder)_web).ConfigureContainer(factory, configure);
}
