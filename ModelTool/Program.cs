using System.CommandLine;
using ClassifierFunctions.ModelTool;
using ClassifierFunctions.ModelTool.Classify;
using ClassifierFunctions.ModelTool.Import;
using ClassifierFunctions.ModelTool.Inspect;
using ClassifierFunctions.ModelTool.Upload;
using ClassifierFunctions.ModelTool.Verify;
using Spectre.Console;

// A table in a file or pipe is as wide as what is in it; 80 columns would cut names in two.
if (Console.IsOutputRedirected)
    AnsiConsole.Profile.Width = 1000;

var root = new RootCommand("Makes classifier model folders, looks into them and tries them without a server; uploads images to be classified by one.")
{
    ImportCommand.Create(),
    InspectCommand.Create(),
    VerifyCommand.Create(),
    ClassifyCommand.Create(),
    UploadCommand.Create(),
};
// Ctrl+C waits for a command to take away what it has half written; a large model takes a while.
return await root.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(30) });
