using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace ClassifierFunctions.Configuration;

internal static class ValidatedOptions
{
    /// <summary>Binds a section and validates it at start-up; a value of the wrong type fails like one out of range.</summary>
    public static void AddValidatedOptions<TOptions>(this IServiceCollection services, string section)
        where TOptions : class
        => services.AddOptions<TOptions>()
            .Configure<IConfiguration>((options, configuration) =>
            {
                try
                {
                    configuration.GetSection(section).Bind(options);
                }
                catch (InvalidOperationException wrongType)
                {
                    throw new OptionsValidationException(section, typeof(TOptions), [wrongType.Message]);
                }
            })
            .Validate<TOptions>(section)
            .ValidateOnStart();

    // The messages of the annotations as they are: they name the setting, and need no introduction.
    private static OptionsBuilder<TOptions> Validate<TOptions>(this OptionsBuilder<TOptions> builder, string section)
        where TOptions : class
        => builder.PostConfigure(options =>
        {
            var invalid = new List<ValidationResult>();
            if (!Validator.TryValidateObject(options, new ValidationContext(options), invalid, validateAllProperties: true))
                throw new OptionsValidationException(section, typeof(TOptions), invalid.Select(result => result.ErrorMessage ?? section));
        });
}
