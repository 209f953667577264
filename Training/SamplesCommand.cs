using System.CommandLine;
using ClassifierFunctions.Training.Degradations;
using ClassifierFunctions.Training.Scenes;

namespace ClassifierFunctions.Training;

/// <summary><c>samples</c>: the repository's two sample images, the same drawn scene as a good photo and out of focus.</summary>
internal static class SamplesCommand
{
    private const int Width = 1024;
    private const int Height = 768;

    // Clearly out of focus, and still to be recognised.
    private const double Severity = 1.8;

    private static readonly Compression Compression = new(85, HalvesColour: true);

    public static Command Create()
    {
        var to = new Option<DirectoryInfo>("--to") { Description = "Folder for the images.", DefaultValueFactory = _ => new DirectoryInfo("samples") };
        var command = new Command("samples", "Draws the sample images.") { to };
        command.SetAction(arguments =>
        {
            var folder = arguments.GetRequiredValue(to);
            folder.Create();
            var scene = SampleScene.Render(Width, Height);
            Save("harbour.jpg", new Recipe());
            Save("harbour-blurred.jpg", new Recipe { Quality = Quality.Blurred, BlurKind = BlurKind.Defocus, Blur = Severity });

            void Save(string name, Recipe recipe)
                => File.WriteAllBytes(Path.Combine(folder.FullName, name), (recipe with { Compressions = [Compression] }).Apply(scene));
        });
        return command;
    }
}
