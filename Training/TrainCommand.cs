using System.CommandLine;
using System.Globalization;

namespace ClassifierFunctions.Training;

/// <summary><c>train</c>: from folders of photos to a model folder.</summary>
internal static class TrainCommand
{
    public static Command Create()
    {
        var photos = new Argument<DirectoryInfo[]>("photos") { Description = "Folders of ordinary photos.", Arity = ArgumentArity.OneOrMore }.AcceptExistingOnly();
        var bad = new Option<FileInfo>("--naturally-bad") { Description = "List of photos (name,class) that are bad already: not learnt from, but tried at the end." }.AcceptExistingOnly();
        var about = new Option<string>("--about") { Description = "What the photos are, for the model card.", DefaultValueFactory = _ => "ordinary photos" };
        var to = new Option<DirectoryInfo>("--to") { Description = "Model folder to write; one that this program wrote is replaced.", DefaultValueFactory = _ => new DirectoryInfo("models/photo-quality") };
        var seed = Number("--seed", "Decides the split, every degradation, the first weights and the order.", 1, 0);
        var samples = Number("--samples", "Degraded pictures to learn from, of 150 KB each in memory.", 24_000, 200);
        var scenes = Number("--scenes", "Drawn scenes to learn from, beside the photos.", 800, 1);
        var epochs = Number("--epochs", "How often each picture is seen.", 7, 1);
        var threads = Number("--threads", "Threads of the training steps; another number rounds otherwise.", 2, 1);
        var command = new Command("train", "Trains the photo-quality model, measures it on photos it never saw, and writes its folder.")
        {
            photos, bad, about, to, seed, samples, scenes, epochs, threads,
        };
        command.SetAction((arguments, cancellation) => new TrainingRun(new TrainOptions
        {
            Photos = arguments.GetRequiredValue(photos),
            NaturallyBad = arguments.GetValue(bad),
            About = arguments.GetRequiredValue(about),
            To = arguments.GetRequiredValue(to),
            Seed = arguments.GetValue(seed),
            Samples = arguments.GetValue(samples),
            Scenes = arguments.GetValue(scenes),
            Epochs = arguments.GetValue(epochs),
            Threads = arguments.GetValue(threads),
        }).RunAsync(cancellation));
        return command;
    }

    private static Option<int> Number(string name, string description, int standard, int least)
    {
        var option = new Option<int>(name) { Description = description, DefaultValueFactory = _ => standard };
        option.Validators.Add(result =>
        {
            // What is no number is not for this check to say: asking for its value would throw.
            if (result.Tokens is [var word] && int.TryParse(word.Value, CultureInfo.InvariantCulture, out var number) && number < least)
                result.AddError($"{name} must be {least} or more.");
        });
        return option;
    }
}
