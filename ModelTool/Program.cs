using System.CommandLine;
using ClassifierFunctions.ModelTool;

var root = new RootCommand("Looks into classifier model folders, without a server.")
{
    InspectCommand.Create(),
    ClassifyCommand.Create(),
};
return await root.Parse(args).InvokeAsync();
