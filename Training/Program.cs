using System.CommandLine;
using ClassifierFunctions.Training;

return await new RootCommand("Trains the model that the app ships with, and draws the sample images.")
{
    TrainCommand.Create(),
    EvaluateCommand.Create(),
    SamplesCommand.Create(),
}.Parse(args).InvokeAsync();
