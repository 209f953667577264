using ClassifierFunctions.Imaging;
using ClassifierFunctions.Inference;
using ClassifierFunctions.Models;
using ClassifierFunctions.Results;
using ClassifierFunctions.Telemetry;
using ClassifierFunctions.Training.Degradations;
using ClassifierFunctions.Training.Photos;

namespace ClassifierFunctions.Training.Evaluation;

/// <summary>Asks the finished model folder, by the engine's own path from encoded file to scores.</summary>
internal sealed class Evaluator(ImageClassifier classifier, SessionLease model, int seed)
{
    /// <summary>Photos at the size that severities are given for, each degraded in several ways.</summary>
    /// <param name="originals">Photos that training did not see.</param>
    /// <param name="recipes">What is done to a photo.</param>
    /// <param name="cancellationToken">Stops between pictures.</param>
    public async Task<IReadOnlyList<Answer>> AskAsync(IEnumerable<Original> originals, Func<Random, IEnumerable<Recipe>> recipes, CancellationToken cancellationToken)
    {
        var answers = new List<Answer>();
        var random = new Random(seed);
        foreach (var original in originals.OrderBy(original => original.Name, StringComparer.Ordinal))
        {
            var photo = original.Resize(SeverityScale.ReferenceEdge, ResampleFilter.Bicubic);
            foreach (var recipe in recipes(random))
                answers.Add(new Answer(original.Name, recipe.Quality, recipe.Severity, await ScoresAsync(recipe.Apply(photo), cancellationToken)));
        }

        return answers;
    }

    /// <summary>Files as they are.</summary>
    public async Task<IReadOnlyList<Answer>> AskAsync(IEnumerable<NaturalPhoto> photos, CancellationToken cancellationToken)
    {
        var answers = new List<Answer>();
        foreach (var photo in photos)
            answers.Add(new Answer(photo.File.Name, photo.Quality, 0, await ScoresAsync(await File.ReadAllBytesAsync(photo.File.FullName, cancellationToken), cancellationToken)));
        return answers;
    }

    private async Task<float[]> ScoresAsync(byte[] file, CancellationToken cancellationToken)
    {
        var (predictions, _) = await classifier.ClassifyAsync(
            model, file, new PredictionOptions(model.Model.Labels.Count), new StageTimings(), cancellationToken);
        var scores = new float[model.Model.Labels.Count];
        foreach (var prediction in predictions)
            scores[prediction.Index] = (float)prediction.Score;
        return scores;
    }
}
