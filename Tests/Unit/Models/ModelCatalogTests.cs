using ClassifierFunctions.Configuration;
using ClassifierFunctions.Models;
using ClassifierFunctions.Models.Onnx;
using ClassifierFunctions.Results;
using ClassifierFunctions.Tests.Support;
using Google.Protobuf;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace ClassifierFunctions.Tests.Unit.Models;

public sealed class ModelCatalogTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Constructor_BrokenFolders_AreListedAndStopNoOther()
    {
        _folder.CopyModel(TestData.Path("mnist"), "good");
        File.Delete(Path.Combine(_folder.CopyModel(TestData.Path("mnist"), "no-onnx"), "model.onnx"));
        File.WriteAllText(Path.Combine(_folder.CopyModel(TestData.Path("mnist"), "not-onnx"), "model.onnx"), "<html>404</html>");
        File.Delete(Path.Combine(_folder.CopyModel(TestData.Path("mnist"), "no-labels"), "labels.txt"));
        File.Delete(_folder.Path + "/no-labels/config.json");
        File.WriteAllText(_folder.CopyModel(TestData.Path("mnist"), "wrong-labels") + "/config.json", """{"id2label": {"0": "a", "1": "b"}}""");
        File.WriteAllText(_folder.CopyModel(TestData.Path("mnist"), "wrong-size") + "/preprocessor_config.json", """{"size": 224, "do_rescale": false}""");
        File.WriteAllText(_folder.CopyModel(TestData.Path("mnist"), "custom-vision") + "/cvexport.manifest", """{"DomainType": "ObjectDetection"}""");
        File.WriteAllText(_folder.CopyModel(TestData.Path("mnist"), "odd-config") + "/config.json", """{"problem_type": 5, "id2label": {"0": "\ud800"}}""");
        File.WriteAllText(_folder.CopyModel(TestData.Path("mnist"), "huge-size") + "/preprocessor_config.json", """{"size": 1000000000, "do_rescale": false}""");
        _folder.Write("only-processor/processor_config.json", "{}");
        foreach (var (name, json) in new[] { ("wrong-nested-size", "{\"size\": 224}"), ("no-fixed-size", "{\"size\": {\"shortest_edge\": 28}}") })
        {
            File.Delete(_folder.CopyModel(TestData.Path("mnist"), name) + "/preprocessor_config.json");
            _folder.Write(name + "/processor_config.json", "{\"image_processor\": " + json + "}");
        }

        _folder.Write("notes/readme.txt", "no model");
        _folder.Write(".hidden/labels.txt", "a");
        var catalog = Catalog();

        Assert.Equal(
            ["custom-vision", "good", "huge-size", "no-fixed-size", "no-labels", "no-onnx", "not-onnx", "odd-config", "only-processor", "wrong-labels", "wrong-nested-size", "wrong-size"],
            catalog.List().Models.Select(model => model.Name));
        Assert.Equal("available", Assert.Single(catalog.Describe("good").Versions).State);
        AssertFailed(catalog, "no-onnx", "There is no model.onnx");
        AssertFailed(catalog, "not-onnx", "model.onnx is not an ONNX file, or is damaged");
        AssertFailed(catalog, "no-labels", "There are no labels");
        AssertFailed(catalog, "wrong-labels", "There are 2 labels, but output Plus214_Output_0 has 10 scores");
        AssertFailed(catalog, "wrong-size", "preprocessor_config.json makes images of 224 x 224 pixels, but the graph wants 28 x 28");
        AssertFailed(catalog, "wrong-nested-size", "processor_config.json makes images of 224 x 224 pixels, but the graph wants 28 x 28");
        Assert.StartsWith("processor_config.json", catalog.Describe("wrong-nested-size").Versions[0].Error, StringComparison.Ordinal);
        AssertFailed(catalog, "no-fixed-size", "processor_config.json gives no fixed size: set do_center_crop and crop_size, or size to {height, width}.");
        AssertFailed(catalog, "only-processor", "There is no model.onnx");
        AssertFailed(catalog, "custom-vision", "This Azure Custom Vision export is no classifier but ObjectDetection");
        AssertFailed(catalog, "huge-size", "at most 4096 a side");
        AssertFailed(catalog, "odd-config", "The folder cannot be read");
    }

    [Fact]
    public void Find_SeveralVersions_TakesTheHighestThatWorksUnlessAsked()
    {
        foreach (var version in new[] { "2", "10", "11", "draft" })
            _folder.CopyModel(TestData.Path("mnist"), Path.Combine("mnist", version));
        File.Delete(_folder.Path + "/mnist/11/model.onnx");
        var catalog = Catalog();

        Assert.Equal(["11", "10", "2"], catalog.Describe("mnist").Versions.Select(version => version.Version));
        Assert.Equal("10", catalog.Find("mnist", null).Version);
        Assert.Equal("2", catalog.Find("mnist", "2").Version);
        Assert.Equal(ClassifierError.ModelUnavailable, Assert.Throws<ClassifierException>(() => catalog.Find("mnist", "11")).Error);
        Assert.Equal(ClassifierError.UnknownModel, Assert.Throws<ClassifierException>(() => catalog.Find("mnist", "draft")).Error);
    }

    [Fact]
    public void Find_BareModel_AssumesImageNetAndSaysSo()
    {
        var folder = _folder.CopyModel(TestData.Squeezenet, "bare");
        File.Delete(folder + "/config.json");
        File.Delete(folder + "/preprocessor_config.json");
        var model = Catalog().Find("bare", null);

        Assert.Equal((ModelFormat.Bare, 1000, (224, 224)), (model.Format, model.Labels.Count, model.Preprocessing.OutputSize!.Value));
        Assert.Equal([0.485, 0.456, 0.406], model.Preprocessing.Mean!);
        Assert.Equal(256, model.Preprocessing.ShortestEdge);
        Assert.Contains("ImageNet preprocessing is assumed", model.Assumption, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, 0.5)]
    [InlineData(true, 1)]
    public void Find_ProcessorConfig_IsReadWhenThereIsNoPreprocessorConfig(bool both, double factor)
    {
        var folder = _folder.CopyModel(TestData.Path("mnist"), "nested");
        if (!both)
            File.Delete(folder + "/preprocessor_config.json");
        _folder.Write("nested/processor_config.json", "{\"image_processor\": {\"size\": {\"height\": 28, \"width\": 28}, \"rescale_factor\": 0.5}}");
        var model = Catalog().Find("nested", null);

        // The older file, where there is one, does not rescale.
        Assert.Equal((factor, (28, 28), null), (model.Preprocessing.RescaleFactor, model.Preprocessing.OutputSize!.Value, model.Assumption));
    }

    [Fact]
    public void Find_NoName_IsTheDefaultOrTheOnlyModel()
    {
        _folder.CopyModel(TestData.Path("mnist"), "one");
        Assert.Equal("one", Catalog().Find(null, null).Model);
        _folder.CopyModel(TestData.Path("mnist"), "two");
        Assert.Equal("two", Catalog("two").Find("", "").Model);
        var failure = Assert.Throws<ClassifierException>(() => Catalog().Find(null, null));
        Assert.Equal((ClassifierError.UnknownModel, 2), (failure.Error, failure.KnownModels!.Count));
    }

    [Fact]
    public void Find_NoNameAndSeveralModels_IsTheModelInTheBoxUnlessAnotherIsConfigured()
    {
        _folder.CopyModel(TestData.Path("mnist"), "one");
        _folder.CopyModel(TestData.Path("mnist"), "photo-quality");

        Assert.Equal("photo-quality", Catalog().Find(null, null).Model);
        Assert.Equal("one", Catalog("one").Find(null, null).Model);
    }

    [Fact]
    public void Find_OutputsOfTestModels_KnowWhatIsLeftToDo()
    {
        _folder.CopyModel(TestData.Path("mnist"), "mnist");
        _folder.CopyModel(TestData.Squeezenet, "squeezenet");
        var catalog = Catalog();

        Assert.Equal(OutputActivation.Softmax, catalog.Find("mnist", null).Activation);
        Assert.Equal(OutputActivation.None, catalog.Find("squeezenet", null).Activation);
        Assert.Equal(1, catalog.Find("mnist", null).Input.Channels);
    }

    [Theory]
    [InlineData("Identity", "a", "y")]
    [InlineData("Identity", "", "y")]
    public void Find_GraphThatEndsNowhere_IsReadAllTheSame(string op, string input, string output)
    {
        // y = Identity(a) and a = Identity(y), or an operator without input: no model, but no reason to hang either.
        var graph = new GraphProto { Output = { Value("y", 1, 10) }, Input = { Value("x", 1, 3, 8, 8) } };
        graph.Node.Add(new NodeProto { OpType = op, Output = { output } });
        if (input.Length > 0)
        {
            graph.Node[0].Input.Add(input);
            graph.Node.Add(new NodeProto { OpType = op, Input = { output }, Output = { input } });
        }

        Directory.CreateDirectory(_folder.Path + "/odd");
        File.WriteAllBytes(_folder.Path + "/odd/model.onnx", new ModelProto { Graph = graph }.ToByteArray());
        _folder.Write("odd/labels.txt", string.Join('\n', Enumerable.Range(0, 10)));

        Assert.Equal(OutputActivation.Softmax, Catalog().Find("odd", null).Activation);
    }

    [Fact]
    public void Constructor_EmptyFolder_HasNothingUsable()
    {
        Assert.Empty(Catalog().Usable);
        Assert.Contains("holds no model yet", Assert.Throws<ClassifierException>(() => Catalog().Find("x", null)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Constructor_UnknownDefault_StopsTheStart() => Assert.Throws<StartupException>(() => Catalog("nope"));

    private static ValueInfoProto Value(string name, params long[] dims)
    {
        var shape = new TensorShapeProto();
        shape.Dim.AddRange(dims.Select(dim => new TensorShapeProto.Types.Dimension { DimValue = dim }));
        return new ValueInfoProto { Name = name, Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = 1, Shape = shape } } };
    }

    private static void AssertFailed(ModelCatalog catalog, string model, string reason)
    {
        var version = Assert.Single(catalog.Describe(model).Versions);
        Assert.Equal("failed", version.State);
        Assert.Contains(reason, version.Error, StringComparison.Ordinal);
        Assert.Equal(ClassifierError.ModelUnavailable, Assert.Throws<ClassifierException>(() => catalog.Find(model, null)).Error);
    }

    private ModelCatalog Catalog(string? defaultModel = null)
        => new(Options.Create(new ModelsOptions { Path = _folder.Path, Default = defaultModel }), Sessions.NewStore(), new HostingEnvironment { ContentRootPath = _folder.Path }, NullLogger<ModelCatalog>.Instance);
}
