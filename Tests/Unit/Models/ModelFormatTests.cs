using ClassifierFunctions.Imaging;
using ClassifierFunctions.Inference;
using ClassifierFunctions.Models;
using ClassifierFunctions.Models.Onnx;
using ClassifierFunctions.Tests.Support;
using ClassifierFunctions.Tests.Unit.Models.Formats;

namespace ClassifierFunctions.Tests.Unit.Models;

/// <summary>The formats of model folders: what is made of each, and what it then answers, against results computed here by hand or by others.</summary>
public sealed class ModelFormatTests : IDisposable
{
    private const string Bgr255 = "Bgr8 NominalRange_0_255";
    private const string Rgb1 = "Rgb8 Normalized_0_1";

    // The orders differ on purpose: alphabetical in the file, as trained in the map.
    private static readonly string[] Tags = ["daisy", "poppy", "rose", "tulip"];
    private static readonly string[] Trained = ["tulip", "daisy", "rose", "poppy"];

    private static readonly (byte Red, byte Green, byte Blue) Colour = (200, 100, 50);

    // Format, labels, layout, element, batch, activation, output: one row per folder. Channels are what the model must get for the colour above.
    private static readonly Dictionary<string, Row> Rows = new()
    {
        ["custom vision, maps"] = new(
            ModelFormat.CustomVision, "daisy poppy rose tulip", TensorLayout.Nchw, TensorElement.Float32, true, OutputActivation.None, "loss")
        {
            Model = new() { DynamicBatch = true, Output = "loss", Ends = ["Softmax"], Keys = Trained, Range = 255, Metadata = Image(Bgr255) },
            Files = Manifest("model.onnx", "labels.txt") + Lines("labels.txt", Tags),
            Channels = [50, 100, 200],
            // Tulip is the graph's first class and the file's last.
            Order = [1, 3, 2, 0],
        },
        ["custom vision, tensor and other file names"] = new(
            ModelFormat.CustomVision, "daisy poppy rose tulip", TensorLayout.Nchw, TensorElement.Float32, false, OutputActivation.None, "model_output")
        {
            Model = new() { Output = "model_output", Ends = ["Softmax"], Metadata = Image(Rgb1) },
            OnnxName = "flowers.onnx",
            Files = Manifest("flowers.onnx", "tags.txt") + Lines("tags.txt", Tags) + Lines("labels.txt", ["not", "these"]),
            Channels = [200 / 255.0, 100 / 255.0, 50 / 255.0],
        },
        ["custom vision, several tags, metadata in a file"] = new(
            ModelFormat.CustomVision, "daisy poppy rose tulip", TensorLayout.Nchw, TensorElement.Float16, false, OutputActivation.Sigmoid, "model_output")
        {
            Model = new() { Element = OnnxElement.Float16, Output = "model_output" },
            Files = Lines("labels.txt", Tags) + """
                metadata_properties.json
                {"CustomVision.Postprocess.Method": "ClassificationMultiLabel", "CustomVision.Preprocess.NormalizeMean": "[0.0, 0.0, 0.0]",
                 "CustomVision.Preprocess.NormalizeStd": "[1.0, 1.0, 1.0]", "CustomVision.Preprocess.ResizeMethod": "Stretch",
                 "Image.BitmapPixelFormat": "Bgr8", "Image.NominalPixelRange": "Normalized_0_1"}
                ---

                """,
            Channels = [50 / 255.0, 100 / 255.0, 200 / 255.0],
        },
        ["maps of numbers, their own labels"] = new(
            ModelFormat.Bare, "7 0 5 3", TensorLayout.Nchw, TensorElement.Float32, false, OutputActivation.None, "output_probability")
        {
            Model = new() { Output = "output_probability", Ends = ["Shares"], Keys = new[] { 7L, 0, 5, 3 }, Metadata = Image(Rgb1) },
            Channels = [200 / 255.0, 100 / 255.0, 50 / 255.0],
        },
        ["maps of numbers, names by position"] = new(
            ModelFormat.Bare, "daisy poppy rose tulip", TensorLayout.Nhwc, TensorElement.Float32, true, OutputActivation.Softmax, "output_probability")
        {
            Model = new() { Nhwc = true, DynamicBatch = true, Output = "output_probability", Keys = new[] { 7L, 0, 5, 3 }, Metadata = Image(Rgb1) },
            Files = Lines("labels.txt", Tags),
            Channels = [200 / 255.0, 100 / 255.0, 50 / 255.0],
        },
        ["maps of texts, their own labels"] = new(
            ModelFormat.Bare, "tulip daisy rose poppy", TensorLayout.Nchw, TensorElement.Float32, false, OutputActivation.None, "probabilities")
        {
            Model = new() { Output = "probabilities", Ends = ["Sigmoid"], Keys = Trained, Metadata = Image(Rgb1) },
            Channels = [200 / 255.0, 100 / 255.0, 50 / 255.0],
        },
        ["embedding and logits, the count decides"] = new(
            ModelFormat.Bare, "daisy poppy rose tulip", TensorLayout.Nchw, TensorElement.Float32, true, OutputActivation.Softmax, "y")
        {
            Model = new() { DynamicBatch = true, Other = "embedding", Output = "y", Metadata = Image("Rgb8 Normalized_1_1", ("names", "{0: 'daisy', 1: 'poppy', 2: 'rose', 3: 'tulip'}")) },
            Channels = [(200 / 127.5) - 1, (100 / 127.5) - 1, (50 / 127.5) - 1],
        },
        ["two of the same size, the name decides"] = new(
            ModelFormat.Bare, "daisy poppy rose tulip", TensorLayout.Nchw, TensorElement.Float32, false, OutputActivation.Exponential, "log_probabilities")
        {
            Model = new() { Other = "features", Output = "log_probabilities", Ends = ["LogSoftmax"], Metadata = Image(Rgb1, ("classes", """["daisy", "poppy", "rose", "tulip"]""")) },
            Channels = [200 / 255.0, 100 / 255.0, 50 / 255.0],
        },
        ["float16, NHWC, Hugging Face"] = new(
            ModelFormat.HuggingFace, "daisy poppy rose tulip", TensorLayout.Nhwc, TensorElement.Float16, true, OutputActivation.Sigmoid, "scores")
        {
            Model = new() { Element = OnnxElement.Float16, Nhwc = true, DynamicBatch = true, Metadata = Image(Rgb1, ("names", "['not', 'these']")) },
            Files = Lines("labels.txt", ["not", "these"]) + """
                config.json
                {"id2label": {"0": "daisy", "1": "poppy", "2": "rose", "3": "tulip"}, "problem_type": "multi_label_classification"}
                ---
                preprocessor_config.json
                {"size": {"height": 6, "width": 8}, "rescale_factor": 0.00390625, "image_mean": [0.5, 0.25, 0], "image_std": [0.5, 0.5, 0.5]}
                ---

                """,
            Channels = [((200 / 256.0) - 0.5) / 0.5, ((100 / 256.0) - 0.25) / 0.5, 50 / 256.0 / 0.5],
        },
        ["bytes, NHWC"] = new(
            ModelFormat.Bare, "daisy poppy rose tulip", TensorLayout.Nhwc, TensorElement.UInt8, false, OutputActivation.None, "scores")
        {
            Model = new() { Element = OnnxElement.UInt8, Nhwc = true, Ends = ["Softmax"], Range = 255, Metadata = Image(null, ("labels", "daisy, poppy, rose, tulip")) },
            Channels = [200, 100, 50],
            Assumption = "ImageNet's resize and crop, and bytes as they are",
        },
        ["nothing known but labels"] = new(
            ModelFormat.Bare, "daisy poppy rose tulip", TensorLayout.Nchw, TensorElement.Float32, false, OutputActivation.Softmax, "scores")
        {
            Model = new(),
            Files = Lines("labels.txt", Tags),
            Channels = [((200 / 255.0) - 0.485) / 0.229, ((100 / 255.0) - 0.456) / 0.224, ((50 / 255.0) - 0.406) / 0.225],
            Assumption = "ImageNet preprocessing is assumed",
        },
    };

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Names => [.. Rows.Keys];

    public static TheoryData<string, bool> Digits
    {
        get
        {
            var data = new TheoryData<string, bool>();
            foreach (var image in TestData.Json("mnist", "golden.json").GetProperty("images").EnumerateArray())
            {
                data.Add(image.GetProperty("file").GetString()!, true);
                data.Add(image.GetProperty("file").GetString()!, false);
            }

            return data;
        }
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Names))]
    public void Read_EachFormat_DescribesIt(string name)
    {
        var row = Rows[name];
        var model = Save(row);

        Assert.Equal(
            (row.Format, row.Labels, row.Layout, row.Element, row.DynamicBatch, row.Activation, row.Output),
            (model.Format, string.Join(' ', model.Labels), model.Input.Layout, model.Input.Element, model.Input.DynamicBatch, model.Activation, model.Output));
        Assert.Equal(row.Model.Keys is not null, model.MapKeys is not null);
        Assert.Equal((ColourModel.Width, ColourModel.Height), model.Preprocessing.OutputSize);
        if (row.Assumption is null)
            Assert.Equal(row.Model.Metadata.ContainsKey("Image.NominalPixelRange") && row.Format == ModelFormat.Bare, model.Assumption is not null);
        else
            Assert.Contains(row.Assumption, model.Assumption, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Read_EachFormat_AnswersAsComputedByHand(string name)
    {
        var row = Rows[name];
        var model = Save(row);
        var expected = row.InOrder(Scores(row, row.Model.Logits(row.Channels)));

        var predictions = Predictions.From(ModelRun.Scores(model, Colour), model, new PredictionOptions(Top: ColourModel.Classes));

        Assert.Equal(ColourModel.Classes, predictions.Count);
        Assert.All(predictions, prediction => Assert.Equal(expected[prediction.Index], prediction.Score, row.Tolerance));
        Assert.All(predictions, prediction => Assert.Equal(row.Labels.Split(' ')[prediction.Index], prediction.Label));
        // The table is not worth much where everything scores the same.
        Assert.True(expected.Max() - expected.Min() > 0.2, string.Join(", ", expected));
    }

    [Theory]
    [InlineData("custom vision, maps")]
    [InlineData("maps of numbers, names by position")]
    [InlineData("embedding and logits, the count decides")]
    [InlineData("float16, NHWC, Hugging Face")]
    public void Read_DynamicBatch_AnswersImageByImage(string name)
    {
        var model = Save(Rows[name]);
        (byte, byte, byte)[] colours = [(10, 20, 230), Colour, (255, 255, 255)];

        var together = ModelRun.Scores(model, colours);

        // One by one, the sums may be taken in another order.
        Assert.All(colours.SelectMany(colour => ModelRun.Scores(model, colour)).Zip(together), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
        Assert.NotEqual(together[..ColourModel.Classes], together[ColourModel.Classes..(2 * ColourModel.Classes)]);
    }

    [Theory]
    [MemberData(nameof(Digits))]
    public void Read_Mnist_AnswersGoldenDigits(string file, bool bare)
    {
        var folder = _folder.CopyModel(TestData.Path("mnist"), "mnist");
        if (bare)
        {
            File.Delete(folder + "/config.json");
            File.Delete(folder + "/preprocessor_config.json");
        }

        var model = ModelFolder.Read("mnist", "1", folder);
        var golden = TestData.Json("mnist", "golden.json").GetProperty("images").EnumerateArray().Single(image => image.GetProperty("file").GetString() == file);
        double[] expected = [.. golden.GetProperty("logits").EnumerateArray().Select(logit => logit.GetDouble())];
        var scores = ModelRun.Scores(model, TestData.Path("mnist", file));

        Assert.Equal((bare ? ModelFormat.Bare : ModelFormat.HuggingFace, OutputActivation.Softmax), (model.Format, model.Activation));
        Assert.Equal((1.0, null, false), (model.Preprocessing.RescaleFactor, model.Preprocessing.Mean, model.Preprocessing.FlipChannelOrder));
        Assert.Equal(golden.GetProperty("true_label").GetString(), model.Labels[Array.IndexOf(scores, scores.Max())]);
        // Logits go up to thousands; what resizing rounds differently moves the larger pictures' by some units.
        Assert.All(expected.Zip(scores), pair => Assert.Equal(pair.First, pair.Second, file.Contains("280", StringComparison.Ordinal) ? 30 : 0.1));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Read_Squeezenet_AnswersGoldenScores(bool bare)
    {
        var folder = _folder.CopyModel(TestData.Squeezenet, "squeezenet");
        if (bare)
            File.Delete(folder + "/config.json");
        var model = ModelFolder.Read("squeezenet", "1", folder);
        var photo = GoldenPhoto.Named("kitten.png");

        Assert.Equal(
            (bare ? ModelFormat.Bare : ModelFormat.HuggingFace, TensorElement.Float16, OutputActivation.None, false),
            (model.Format, model.Input.Element, model.Activation, model.Input.DynamicBatch));
        var predictions = Predictions.From(ModelRun.Scores(model, photo.Path), model, new PredictionOptions());
        Assert.Equal((photo.Top5[0].Index, photo.Top5[0].Label), (predictions[0].Index, predictions[0].Label));
        Assert.Equal(photo.Top5[0].Score, predictions[0].Score, GoldenPhoto.Tolerance);
    }

    private static Dictionary<string, string> Image(string? formatAndRange, (string Key, string Value)? more = null)
    {
        var metadata = new Dictionary<string, string>();
        if (formatAndRange?.Split(' ') is [var format, var range])
            (metadata["Image.BitmapPixelFormat"], metadata["Image.NominalPixelRange"], metadata["Image.ColorSpaceGamma"]) = (format, range, "SRGB");
        if (more is var (key, value))
            metadata[key] = value;
        return metadata;
    }

    // As Azure writes it: SK0628/Fire-smoke-detection, cvexport.manifest.
    private static string Manifest(string model, string labels) => $$"""
        cvexport.manifest
        {"DomainType": "Classification", "Platform": "ONNX", "Flavor": null, "ExporterVersion": "2.0", "ExportedDate": "2025-02-06T20:41:49.0487474Z",
         "IterationId": "c5bdcac8-428d-4406-a245-0c1ed7edd422", "ModelFileName": "{{model}}", "LabelFileName": "{{labels}}",
         "MetadataPropsFileName": "metadata_properties.json", "ModelFileSHA1": "7c6fe3867c678c26a763871b917dd1d922baf3d3", "SchemaVersion": "1.0"}
        ---

        """;

    private static string Lines(string name, string[] lines) => $"{name}\n{string.Join('\n', lines)}\n---\n";

    // What must come out for given logits, whether the graph does it or the app.
    private static double[] Scores(Row row, double[] logits)
        => row.Activation == OutputActivation.Sigmoid || row.Model.Ends.Contains("Sigmoid")
            ? [.. logits.Select(logit => 1 / (1 + Math.Exp(-logit)))]
            : [.. logits.Select(logit => Math.Exp(logit) / logits.Sum(Math.Exp))];

    private ModelVersion Save(Row row)
    {
        foreach (var file in row.Files.ReplaceLineEndings("\n").Split("---\n", StringSplitOptions.RemoveEmptyEntries).Where(file => file.Trim().Length > 0))
            _folder.Write("model/" + file[..file.IndexOf('\n', StringComparison.Ordinal)], file[(file.IndexOf('\n', StringComparison.Ordinal) + 1)..]);
        Directory.CreateDirectory(_folder.Path + "/model");
        row.Model.Save(Path.Combine(_folder.Path, "model", row.OnnxName));
        return ModelFolder.Read("model", "1", _folder.Path + "/model");
    }

    private sealed record Row(
        ModelFormat Format, string Labels, TensorLayout Layout, TensorElement Element, bool DynamicBatch, OutputActivation Activation, string Output)
    {
        public required ColourModel Model { get; init; }

        public required double[] Channels { get; init; }

        public string OnnxName { get; init; } = "model.onnx";

        /// <summary>A line with the name, the lines of the file, and three dashes, again and again.</summary>
        public string Files { get; init; } = "";

        /// <summary>For each label, the number of its class in the graph; null when they are the same.</summary>
        public int[]? Order { get; init; }

        public string? Assumption { get; init; }

        public double Tolerance => Element == TensorElement.Float16 ? 0.002 : 1e-5;

        public double[] InOrder(double[] scores) => Order is null ? scores : [.. Order.Select(index => scores[index])];
    }
}
