using System.CommandLine;
using System.Text.RegularExpressions;
using ClassifierFunctions.Configuration;
using ClassifierFunctions.Results;
using Microsoft.Extensions.Configuration;

namespace ClassifierFunctions.ModelTool.Upload;

/// <summary><c>--storage</c>: the storage account, as the app's setting or as a word of the command line.</summary>
internal static partial class StorageOption
{
    private const string Name = "--storage";

    public static Option<string?> Create() => new(Name)
    {
        HelpName = "account, address or connection string",
        Description = "Storage account that the app uses: its name or the https address of its blob service, with the identity of whoever is signed in, "
            + "or a connection string; better leave that to the environment variable, for command lines can be seen by others. "
            + "[default: AzureWebJobsStorage… of the environment, else the emulator]",
    };

    /// <exception cref="StartupException">The value is none of these.</exception>
    public static StorageConnection Connection(string? value, IConfiguration environment) => value switch
    {
        null when new StorageConnection(environment) is { IsConfigured: true } configured => configured,
        null => Of("", "UseDevelopmentStorage=true"),
        _ when AccountName().IsMatch(value) => Of(":accountName", value),
        _ when Uri.TryCreate(value, UriKind.Absolute, out var uri) && uri is { Scheme: "https", Query: "" } => Of(":blobServiceUri", value),
        // An address with a signature has one, too.
        _ when value.Contains('=', StringComparison.Ordinal) && !value.Contains('?', StringComparison.Ordinal) => Of("", value),
        // The value may hold a key, so it is not shown.
        _ => throw new StartupException(
            $"{Name} is neither the name of a storage account, nor the https address of a blob service without a query, nor a connection string."),
    };

    private static StorageConnection Of(string field, string value)
        => new(new ConfigurationBuilder().AddInMemoryCollection([new(Name + field, value)]).Build(), Name);

    [GeneratedRegex("^[a-z0-9]{3,24}$")]
    private static partial Regex AccountName();
}
