using ClassifierFunctions.Inference;
using ClassifierFunctions.Tests.Load;
using ClassifierFunctions.Tests.Support;
using Microsoft.ML.OnnxRuntime;

namespace ClassifierFunctions.Tests.Unit.Load;

public sealed class DynamicBatchTests
{
    private const int Images = 3;
    private const int Classes = 1000;
    private const int Elements = 3 * 224 * 224;

    [Fact]
    public void Rewrite_SqueezeNet_GivesEachImageOfARunItsOwnScores()
    {
        using var folder = new TemporaryFolder();
        var rewritten = Path.Combine(folder.CopyModel(TestData.Squeezenet, "batch"), "model.onnx");
        DynamicBatch.Rewrite(rewritten);
        var pixels = Enumerable.Range(0, Images * Elements).Select(i => (Float16)(float)((i * 7919L / 13 % 255) - (i / Elements * 40))).ToArray();

        var together = Run(rewritten, pixels, Images);

        Assert.Equal(Images * Classes, together.Length);
        for (var image = 0; image < Images; image++)
        {
            var alone = Run(Path.Combine(TestData.Squeezenet, "model.onnx"), pixels[(image * Elements)..((image + 1) * Elements)], 1);
            Assert.All(alone.Zip(together.Skip(image * Classes)), pair => Assert.Equal(pair.First, pair.Second, 0.01f));
        }

        // Else the test could not tell one image's scores from another's.
        Assert.True(together[..Classes].Zip(together[^Classes..], (one, other) => Math.Abs(one - other)).Max() > 0.03);
    }

    private static float[] Run(string path, Float16[] pixels, int images)
    {
        using var options = OnnxEnvironment.CreateSessionOptions();
        using var session = new InferenceSession(path, options);
        using var input = OrtValue.CreateTensorValueFromMemory(pixels, [images, 3, 224, 224]);
        using var run = new RunOptions();
        using var outputs = session.Run(run, ["data_0"], [input], ["softmaxout_1"]);
        return [.. outputs[0].GetTensorDataAsSpan<Float16>().ToArray().Select(score => (float)score)];
    }
}
