using System.Text.Json;
using System.Text.Json.Nodes;
using ClassifierFunctions.Imaging;
using ClassifierFunctions.Training.Degradations;
using ClassifierFunctions.Training.Network;

namespace ClassifierFunctions.Training;

/// <summary>The JSON files of the model folder, as Hugging Face's image classifiers have them.</summary>
internal static class ModelFiles
{
    public const string Preprocessor = "preprocessor_config.json";

    // Straight to the model's input: a larger edge would show finer noise, but make photos that are small themselves look blurred.
    private const int ShortestEdge = 224;

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static void Write(string folder)
    {
        var labels = Enum.GetValues<Quality>().Select(quality => (Index: (int)quality, Label: quality.ToString().ToLowerInvariant())).ToArray();
        Save(Path.Combine(folder, "config.json"), new JsonObject
        {
            ["model_type"] = "photo-quality",
            ["problem_type"] = "single_label_classification",
            ["num_channels"] = 3,
            ["image_size"] = QualityNetwork.InputSize,
            ["id2label"] = new JsonObject(labels.Select(label => KeyValuePair.Create($"{label.Index}", (JsonNode?)label.Label))),
            ["label2id"] = new JsonObject(labels.Select(label => KeyValuePair.Create(label.Label, (JsonNode?)label.Index))),
        });
        Save(Path.Combine(folder, Preprocessor), new JsonObject
        {
            ["do_resize"] = true,
            ["size"] = new JsonObject { ["shortest_edge"] = ShortestEdge },
            ["resample"] = (int)ResampleFilter.Bilinear,
            ["do_center_crop"] = true,
            ["crop_size"] = new JsonObject { ["height"] = QualityNetwork.InputSize, ["width"] = QualityNetwork.InputSize },
            ["do_rescale"] = true,
            ["rescale_factor"] = 1 / 255.0,
            ["do_normalize"] = true,
            ["image_mean"] = Constants(),
            ["image_std"] = Constants(),
        });
    }

    private static JsonArray Constants() => new(SamplePool.MeanAndStd, SamplePool.MeanAndStd, SamplePool.MeanAndStd);

    private static void Save(string path, JsonObject json) => File.WriteAllText(path, json.ToJsonString(Indented) + "\n");
}
