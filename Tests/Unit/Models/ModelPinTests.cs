using ClassifierFunctions.Models;
using ClassifierFunctions.Tests.Support;

namespace ClassifierFunctions.Tests.Unit.Models;

public sealed class ModelPinTests : IDisposable
{
    // Of "abc": FIPS 180-2, B.1.
    private const string Abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(Abc)]
    [InlineData("BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD\r\n")]
    [InlineData(Abc + "  model.onnx\n")]
    [InlineData(Abc + " *model.onnx\n")]
    [InlineData(Abc + "  /elsewhere/other name.onnx\n")]
    public void Verify_TheFileThatWasPinned_Passes(string pin)
    {
        var path = _folder.Write("model.onnx", "abc");
        _folder.Write("model.onnx.sha256", pin);
        _folder.Write("model.onnx_data", "abc");
        _folder.Write("model.onnx_data.sha256", pin);

        Assert.Null(Record.Exception(() => ModelPin.Verify(path)));
    }

    [Theory]
    [InlineData("model.onnx")]
    [InlineData("model.onnx_data")]
    [InlineData("model.onnx.data")]
    public void Verify_AnotherFile_SaysWhichAndWhatToDo(string file)
    {
        var path = _folder.Write("model.onnx", "abc");
        _folder.Write(file, "abd");
        _folder.Write(file + ".sha256", Abc);

        var failure = Assert.Throws<ModelFormatException>(() => ModelPin.Verify(path));

        // sha256sum's, for "abd".
        Assert.Contains($"{file} is not the file that {file}.sha256 pins: its SHA-256 is a52d159f262b2c6ddb724a61840befc36eb30c88877a4030b65cbe86298449c9", failure.Message, StringComparison.Ordinal);
        Assert.Contains($"sha256sum {file} > {file}.sha256", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("abc")]
    [InlineData("<html>404</html>")]
    [InlineData("zz7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")]
    [InlineData(Abc + "00")]
    [InlineData(Abc + "  model.onnx\n" + Abc + "  model.onnx_data\n")]
    public void Verify_NoDigest_IsNotPassedOver(string pin)
    {
        var path = _folder.Write("model.onnx", "abc");
        _folder.Write("model.onnx.sha256", pin);

        Assert.Contains("model.onnx.sha256 holds no SHA-256 digest", Assert.Throws<ModelFormatException>(() => ModelPin.Verify(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Verify_LongFile_IsNoDigest()
    {
        var path = _folder.Write("model.onnx", "abc");
        _folder.Write("model.onnx.sha256", Abc + "  " + new string('x', 10_000));

        Assert.Throws<ModelFormatException>(() => ModelPin.Verify(path));
    }

    [Fact]
    public void Verify_PinWithoutItsFile_SaysSo()
    {
        var path = _folder.Write("model.onnx", "abc");
        _folder.Write("model.onnx_data.sha256", Abc);

        Assert.Contains("pins model.onnx_data, which is not there", Assert.Throws<ModelFormatException>(() => ModelPin.Verify(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_PinnedFolder_CountsNoPinAndFailsOnAChange()
    {
        var folder = _folder.CopyModel(TestData.Path("mnist"), "mnist");
        // sha256sum's, for shared/testdata/mnist/model.onnx.
        File.WriteAllText(folder + "/model.onnx.sha256", "bd5891fdd7987910bfc3d8fc9a697a88e48309e26e529faa87931fba52904fe8  model.onnx\n");
        Assert.Equal(26_627, ModelFolder.Read("mnist", "1", folder).Bytes);

        using (var file = File.Open(folder + "/model.onnx", FileMode.Append))
            file.WriteByte(0);
        Assert.Contains("Copy the file again", Assert.Throws<ModelFormatException>(() => ModelFolder.Read("mnist", "1", folder)).Message, StringComparison.Ordinal);
    }
}
