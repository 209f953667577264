using ClassifierFunctions.ModelTool.TensorFlow;
using ClassifierFunctions.ModelTool.TensorFlow.Conversion;
using ClassifierFunctions.ModelTool.TensorFlow.Sources;
using ClassifierFunctions.Tests.Support;

namespace ClassifierFunctions.Tests.Unit.ModelTool.TensorFlow.Conversion;

/// <summary>The check is of the file: what is changed in it, it sees.</summary>
public sealed class OnnxCheckTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ConvertedModel _model;

    public OnnxCheckTests()
    {
        using var source = TensorFlowModel.Open(TestData.Path("tf1", "cifar10-cnn"));
        _model = Converter.Convert(source, new ConversionRequest());
        _model.Save(Onnx, "Of a test.");
    }

    private string Onnx => Path.Combine(_folder.Path, "model.onnx");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Run_FileAsWritten_Passes() => OnnxCheck.Run(Onnx, _model);

    [Fact]
    public void Run_WeightsInTheFileNotFinite_Throws()
    {
        var file = File.ReadAllBytes(Onnx);
        // Weights are most of the file: half-way are those of the largest layer. Wherever they begin, these bytes are no numbers.
        file.AsSpan(file.Length / 2, 64).Fill(0xFF);
        File.WriteAllBytes(Onnx, file);

        var failure = Assert.Throws<ImportException>(() => OnnxCheck.Run(Onnx, _model));

        Assert.Contains("Softmax", failure.Message, StringComparison.Ordinal);
        Assert.Contains("not a finite number", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_OperatorInTheFileUnknown_Throws()
    {
        var file = File.ReadAllBytes(Onnx);
        "Sausage"u8.CopyTo(file.AsSpan(file.AsSpan().IndexOf("MaxPool"u8)));
        File.WriteAllBytes(Onnx, file);

        var failure = Assert.Throws<ImportException>(() => OnnxCheck.Run(Onnx, _model));

        Assert.Contains("ONNX Runtime cannot run what was made", failure.Message, StringComparison.Ordinal);
    }
}
