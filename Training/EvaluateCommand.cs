using System.CommandLine;
using ClassifierFunctions.Configuration;
using ClassifierFunctions.Imaging;
using ClassifierFunctions.Inference;
using ClassifierFunctions.Models;
using ClassifierFunctions.Training.Evaluation;
using ClassifierFunctions.Training.Photos;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ClassifierFunctions.Training;

/// <summary><c>evaluate</c>: measures a trained model folder again, on the photos that its training did not see, and writes its card anew.</summary>
internal static class EvaluateCommand
{
    public static Command Create()
    {
        var model = new Argument<DirectoryInfo>("model") { Description = "Model folder that train wrote." }.AcceptExistingOnly();
        var photos = new Argument<DirectoryInfo[]>("photos") { Description = "The folders of photos that it was trained from.", Arity = ArgumentArity.OneOrMore }.AcceptExistingOnly();
        var bad = new Option<FileInfo>("--naturally-bad") { Description = "List of photos (name,class) that are bad already." }.AcceptExistingOnly();
        var command = new Command("evaluate", "Measures a trained model again and writes its card anew.") { model, photos, bad };
        command.SetAction(async (arguments, cancellation) =>
        {
            try
            {
                await RunAsync(arguments.GetRequiredValue(model), arguments.GetRequiredValue(photos), arguments.GetValue(bad), cancellation);
                return 0;
            }
            catch (Exception failure) when (Failures.Message(failure) is { } message)
            {
                await Console.Error.WriteLineAsync(message);
                return 1;
            }
        });
        return command;
    }

    private static async Task RunAsync(DirectoryInfo folder, DirectoryInfo[] photoFolders, FileInfo? bad, CancellationToken cancellationToken)
    {
        PlotFont.Use();
        await using var services = new ServiceCollection()
            .AddLogging()
            .AddSingleton<IConfiguration>(new ConfigurationManager())
            .AddClassifier()
            .BuildServiceProvider();
        var recordPath = Path.Combine(folder.FullName, TrainingRecord.File);
        var record = TrainingRecord.Load(recordPath);
        var model = ModelFolder.Read(folder.Name, "1", folder.FullName);
        var photos = PhotoFolder.Read(photoFolders, services.GetRequiredService<IImageDecoder>(), skipped => Console.WriteLine($"skipped {skipped}")).ToDictionary(photo => photo.Name);
        if (record.TestPhotos.FirstOrDefault(name => !photos.ContainsKey(name)) is { } missing)
            throw new ArgumentException($"{missing}, which the model is measured with, is in none of the folders.");

        var natural = NaturalPhoto.Read(bad, photoFolders).Where(photo => photos.ContainsKey(photo.File.Name)).ToArray();
        using var lease = services.GetRequiredService<SessionStore>().Lease(model);
        var report = await Report.MeasureAsync(
            services.GetRequiredService<ImageClassifier>(), lease, [.. record.TestPhotos.Select(name => photos[name])], natural, record.Seed, record.Temperature,
            cancellationToken);
        record = record.With(report);
        record.Save(recordPath);
        ModelCard.Write(folder.FullName, record, report, model);
        Console.WriteLine($"accuracy {report.Accuracy:0.000}, least recall {report.LeastRecall:0.000}, expected calibration error {report.CalibrationError:0.000}");
    }
}
