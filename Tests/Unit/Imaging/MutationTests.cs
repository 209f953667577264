using System.Diagnostics;
using ClassifierFunctions.Imaging;
using ClassifierFunctions.Results;
using ClassifierFunctions.Tests.Support;
using FsCheck;
using FsCheck.Fluent;
using TestData = ClassifierFunctions.Tests.Support.TestData;

namespace ClassifierFunctions.Tests.Unit.Imaging;

/// <summary>Good files with a few changes: pixels or an error of the caller, within the time of one decode, and never a crash.</summary>
public sealed class MutationTests
{
    private const int Cases = 1500;
    private const ulong Seed = 20261123;
    private const ulong Gamma = 9;

    // Larger files only cost time: what can go wrong is in headers, tables and the first rows.
    private const int MaxFileBytes = 64 * 1024;

    private static readonly ClassifierError[] CallersErrors = [ClassifierError.EmptyImage, ClassifierError.TooManyPixels, ClassifierError.UnsupportedImage, ClassifierError.UndecodableImage];

    private static readonly (string Name, byte[] Bytes)[] Files =
    [
        .. HostileImage.All.Where(image => image.MustBeClassified && image.Bytes.Length <= MaxFileBytes).Select(image => (image.File, image.Bytes)),
        .. Directory.GetFiles(TestData.Path("photos"), "*g", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Where(path => new FileInfo(path).Length <= MaxFileBytes).Select(path => (Path.GetFileName(path), File.ReadAllBytes(path))),
        ("many scans", TestImages.ManyScansJpeg(64, 20)),
    ];

    private static readonly Preprocessor Preprocessor = new(
        new PreprocessorConfig { ShortestEdge = 256, CropWidth = 224, CropHeight = 224 }, TensorLayout.Nchw, TensorElement.UInt8, 3);

    [Fact]
    public void Process_MutatedFile_GivesPixelsOrAnErrorOfTheCaller()
    {
        var decoder = Decoding.Decoder();
        var tensor = new byte[Preprocessor.TensorBytes];
        // The first bytes hold most of what a decoder decides on.
        var places = Gen.OneOf(Gen.Choose(0, 1000).Select(share => share / 1000.0), Gen.Choose(0, 1000).Select(share => Math.Pow(share / 1000.0, 6)));
        var mutation =
            from change in Gen.Elements(Enum.GetValues<FileMutation.Kind>())
            from at in places
            from length in Gen.Choose(0, 1000)
            from value in Gen.OneOf(Gen.Elements<byte>(0, 1, 0x7F, 0x80, 0xFF), Gen.Choose(0, 255).Select(number => (byte)number))
            select new FileMutation(change, at, length / 1000.0, value);
        var mutated =
            from file in Gen.Choose(0, Files.Length - 1)
            from count in Gen.Choose(1, 6)
            from mutations in Gen.ArrayOf(mutation, count)
            select (File: file, Mutations: mutations);

        Prop.ForAll(mutated.ToArbitrary(), input =>
        {
            var bytes = input.Mutations.Aggregate(Files[input.File].Bytes, (file, change) => change.Apply(file));
            var before = ThreadProcessorTime.Now();
            try
            {
                using var image = decoder.Open(bytes, CancellationToken.None);
                Preprocessor.Process(image, tensor, new Stopwatch(), CancellationToken.None);
            }
            catch (ClassifierException failure)
            {
                Assert.Contains(failure.Error, CallersErrors);
            }

            Assert.InRange(ThreadProcessorTime.Now() - before, TimeSpan.Zero, TimeSpan.FromSeconds(3));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(Cases).WithReplay(Seed, Gamma));
    }
}
