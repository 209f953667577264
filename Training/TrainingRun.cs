using System.Diagnostics;
using ClassifierFunctions.Configuration;
using ClassifierFunctions.Imaging;
using ClassifierFunctions.Inference;
using ClassifierFunctions.Models;
using ClassifierFunctions.Training.Degradations;
using ClassifierFunctions.Training.Evaluation;
using ClassifierFunctions.Training.Network;
using ClassifierFunctions.Training.Photos;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using static TorchSharp.torch;

namespace ClassifierFunctions.Training;

/// <summary>One training, from photos to a model folder.</summary>
/// <remarks>
/// 1. Read the photos, and split them by photo.
/// 2. Draw scenes; degrade photos and scenes into samples.
/// 3. Fit the network.
/// 4. Fit the temperature to the validation photos.
/// 5. Write the folder beside the final one, and check that ONNX Runtime agrees with TorchSharp.
/// 6. Measure the folder, as the app would serve it, on the test photos.
/// 7. Write the model card, and put the folder in its place.
/// </remarks>
internal sealed class TrainingRun(TrainOptions options)
{
    // What a shell gives for Ctrl+C.
    private const int Cancelled = 130;

    private readonly Stopwatch _clock = Stopwatch.StartNew();

    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        await using var services = new ServiceCollection()
            .AddLogging()
            .AddSingleton<IConfiguration>(new ConfigurationManager())
            .AddClassifier()
            .BuildServiceProvider();
        var decoder = services.GetRequiredService<IImageDecoder>();
        // A name of its own: another run to the same folder must not build in this one's.
        var building = Path.Combine((options.To.Parent ?? options.To).FullName, $".{options.To.Name}.{Guid.NewGuid():N}.new");
        try
        {
            CheckTarget();
            LibTorch.MakeLoadable();
            set_num_threads(options.Threads);
            if (!PlotFont.Use())
                Say("no TrueType font was found, so plots will have no text: install one, such as fonts-dejavu-core");

            // :: Step 1
            var listed = NaturalPhoto.Read(options.NaturallyBad, options.Photos);
            var names = listed.Select(photo => photo.File.Name).ToHashSet();
            var readable = PhotoFolder.Read(options.Photos, decoder, skipped => Say($"skipped {skipped}")).ToLookup(photo => names.Contains(photo.Name));
            var photos = readable[false].ToArray();
            // One that cannot be read must not end the run after hours, when it is asked for.
            var natural = listed.Where(photo => readable[true].Any(original => original.Name == photo.File.Name)).ToArray();
            var split = PhotoSplit.Of(photos, options.Seed);
            Say($"{photos.Length} photos: {split.Training.Count} to learn from, {split.Validation.Count} to choose by, {split.Test.Count} to measure with");

            // :: Step 2
            Directory.CreateDirectory(building);
            ModelFiles.Write(building);
            var preprocessor = BytePreprocessor(building);
            var scenes = DrawnScenes.Draw(options.Scenes, options.Seed, cancellationToken);
            Say($"{scenes.Count} scenes drawn");
            var samples = Samples(new SampleGenerator(split.Training, scenes, decoder, preprocessor, options.Seed), cancellationToken);
            var validation = Validation(split.Validation, new SampleGenerator(split.Validation, [], decoder, preprocessor, options.Seed));

            // :: Step 3
            using var network = new Trainer(samples, validation, options.Epochs, options.Seed, Say).Run(cancellationToken);

            // :: Step 4
            var temperature = Temperature.Fit(network.Scores(validation), validation.Targets);

            // :: Step 5
            OnnxExport.Save(network, temperature, Path.Combine(building, "model.onnx"));
            var model = ModelFolder.Read(options.To.Name, "1", building);
            var parity = ParityCheck.LargestDifference(network, temperature, model, validation);
            if (!(parity <= ParityCheck.Tolerance))
                throw new InvalidOperationException($"ONNX Runtime and TorchSharp differ by {parity:0.0e0}; at most {ParityCheck.Tolerance:0.0e0} is accepted. This is a bug of the export, please report it.");

            // :: Step 6
            Report report;
            using (var lease = services.GetRequiredService<SessionStore>().Lease(model))
                report = await Report.MeasureAsync(services.GetRequiredService<ImageClassifier>(), lease, split.Test, natural, options.Seed, temperature, cancellationToken);

            // :: Step 7
            var record = TrainingRecord.Of(options, split, temperature, parity, report);
            record.Save(Path.Combine(building, TrainingRecord.File));
            ModelCard.Write(building, record, report, model);
            Replace(building);
            Say($"accuracy {report.Accuracy:0.000}, least recall {report.LeastRecall:0.000}, expected calibration error {report.CalibrationError:0.000}: {options.To}");
            return 0;
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync("Cancelled; nothing was changed.");
            return Cancelled;
        }
        catch (Exception failure) when (Failures.Message(failure) is { } message)
        {
            await Console.Error.WriteLineAsync(message);
            return 1;
        }
        finally
        {
            if (Directory.Exists(building))
                Directory.Delete(building, recursive: true);
        }
    }

    // Before the work of hours, and before anything is deleted that is no model.
    private void CheckTarget()
    {
        var target = options.To.FullName;
        if (File.Exists(target))
            throw new ArgumentException($"{target} is a file; a model folder is to be written.");
        if (Directory.Exists(target) && Directory.EnumerateFileSystemEntries(target).Any() && !File.Exists(Path.Combine(target, TrainingRecord.File)))
            throw new ArgumentException($"{target} holds what this program did not write; it would be deleted. Give another folder, or an empty one.");
        IEnumerable<DirectoryInfo?> sources = [.. options.Photos, options.NaturallyBad?.Directory];
        if (sources.FirstOrDefault(source => IsIn(source, options.To)) is { } inside)
            throw new ArgumentException($"{inside.FullName} is in {target}, which is replaced: its files would be deleted.");
    }

    private static bool IsIn(DirectoryInfo? folder, DirectoryInfo other)
        => folder is not null && (Path.GetRelativePath(other.FullName, folder.FullName) == "." || IsIn(folder.Parent, other));

    // The old model stays until the new one is in its place.
    private void Replace(string building)
    {
        var (target, old) = (options.To.FullName, $"{building}.old");
        if (Directory.Exists(target))
            Directory.Move(target, old);
        try
        {
            Directory.Move(building, target);
        }
        catch (IOException) when (Directory.Exists(old))
        {
            Directory.Move(old, target);
            throw;
        }

        if (Directory.Exists(old))
            Directory.Delete(old, recursive: true);
    }

    // The model's own resize and crop, but bytes: a quarter of the memory, and rescaled in the network's batches.
    private static Preprocessor BytePreprocessor(string folder)
    {
        var config = PreprocessorConfigReader.Read(Path.Combine(folder, ModelFiles.Preprocessor));
        return new Preprocessor(config with { RescaleFactor = 1, Mean = null, Std = null }, TensorLayout.Nchw, TensorElement.UInt8, channels: 3);
    }

    private SamplePool Samples(SampleGenerator generator, CancellationToken cancellationToken)
    {
        var samples = new Sample[options.Samples];
        var made = 0;
        Parallel.For(0, samples.Length, new ParallelOptions { CancellationToken = cancellationToken }, i =>
        {
            samples[i] = generator.Make(i);
            var done = Interlocked.Increment(ref made);
            if (done * 5 / samples.Length != (done - 1) * 5 / samples.Length)
                Say($"{done} of {samples.Length} samples made");
        });
        // What making them left behind is gigabytes, which the collector is in no hurry to give back.
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        return new SamplePool(samples);
    }

    private SamplePool Validation(IReadOnlyList<Original> photos, SampleGenerator generator)
    {
        var random = new Random(options.Seed);
        return new SamplePool([.. photos.SelectMany(original =>
        {
            var photo = original.Resize(SeverityScale.ReferenceEdge, ResampleFilter.Bicubic);
            return TestRecipes.ForAccuracy(random).Select(recipe => new Sample(generator.Read(recipe.Apply(photo)), recipe.Target)).ToArray();
        })]);
    }

    private void Say(string line) => Console.WriteLine($"{_clock.Elapsed:hh\\:mm\\:ss}  {line}");

    private void Say(int epoch, double loss, double validationLoss, double accuracy)
        => Say($"epoch {epoch} of {options.Epochs}: loss {loss:0.000}; validation loss {validationLoss:0.000}, accuracy {accuracy:0.000}");
}
