using System.CommandLine;
using System.Globalization;

namespace ClassifierFunctions.ModelTool;

/// <summary>An option whose value counts something.</summary>
internal static class CountOption
{
    public static Option<int> AtLeastOne(this Option<int> option)
    {
        option.Validators.Add(result =>
        {
            // What is no number is not for this check to say: asking for its value would throw.
            if (result.Tokens is [var word] && int.TryParse(word.Value, CultureInfo.InvariantCulture, out var number) && number < 1)
                result.AddError($"{option.Name} must be 1 or more.");
        });
        return option;
    }
}
