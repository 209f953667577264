using System.Diagnostics;
using ClassifierFunctions.Imaging;
using ClassifierFunctions.Inference;
using ClassifierFunctions.Models;
using ClassifierFunctions.Tests.Support;

namespace ClassifierFunctions.Tests.Unit.Imaging;

/// <summary>A real model must see the same in a scaled decode as in Pillow's pixels.</summary>
public sealed class SqueezeNetTests
{
    public static TheoryData<string> Photos
        => [.. TestData.Json("photos", "golden.json").GetProperty("photos").EnumerateArray().Select(photo => photo.GetProperty("file").GetString()!)];

    [Theory]
    [MemberData(nameof(Photos))]
    public async Task Process_ScaledDecode_GivesTheTop1OfPillowsPixels(string photo)
    {
        var model = ModelFolder.Read("squeezenet", "1", TestData.Squeezenet);
        var session = await Sessions.NewAsync(model);
        foreach (var filter in (ResampleFilter[])[ResampleFilter.Bilinear, ResampleFilter.Bicubic])
        {
            var config = model.Preprocessing with { Resample = filter };
            var preprocessor = new Preprocessor(config, model.Input.Layout, model.Input.Element, model.Input.Channels);
            // Pillow's own pixels where they are at hand; elsewhere the full decode, whose checksum another test compares with Pillow's.
            var golden = TestData.Path("photos", "golden-224", $"{Path.GetFileNameWithoutExtension(photo)}.{filter.ToString().ToLowerInvariant()}.rgb.bin");
            var expected = File.Exists(golden)
                ? Process(new Preprocessor(config with { ShortestEdge = null }, model.Input.Layout, model.Input.Element, model.Input.Channels), golden)
                : preprocessor.Process(TestData.Path("photos", photo), JpegScale.Full);

            Assert.Equal(Top1(session, model, expected), Top1(session, model, preprocessor.Process(TestData.Path("photos", photo))));
        }
    }

    private static byte[] Process(Preprocessor preprocessor, string raw)
    {
        using var image = new RawImage(224, 224, File.ReadAllBytes(raw));
        var tensor = new byte[preprocessor.TensorBytes];
        preprocessor.Process(image, tensor, new Stopwatch(), CancellationToken.None);
        return tensor;
    }

    private static string Top1(ModelSession session, ModelVersion model, byte[] tensor)
    {
        var scores = session.Scores(tensor);
        return model.Labels[Array.IndexOf(scores, scores.Max())];
    }
}
