using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using ClassifierFunctions.Inference;
using ClassifierFunctions.ModelTool.TensorFlow;
using ClassifierFunctions.ModelTool.TensorFlow.Conversion;
using ClassifierFunctions.ModelTool.TensorFlow.Sources;
using ClassifierFunctions.Tests.Support;
using Microsoft.ML.OnnxRuntime;

namespace ClassifierFunctions.Tests.Unit.ModelTool.TensorFlow;

/// <summary>Real checkpoints with a few bytes changed anywhere, imported and run: an error that says so, or the right probabilities, and that soon.</summary>
public sealed class ImportMutationTests
{
    private const int Seed = 20261125;
    private const double Tolerance = 1e-4;

    // A try takes some hundredths of a second.
    private static readonly TimeSpan MostTime = TimeSpan.FromSeconds(20);

    [Theory]
    [InlineData("lenet-keras", 600)]
    [InlineData("cifar10-cnn", 500)]
    [InlineData("dogs-cats-v3", 300)]
    public void Import_Mutated_FailsOrIsRight(string model, int tries)
    {
        var source = new Source(model);
        var wrong = new ConcurrentBag<string>();
        var refused = 0;

        Parallel.For(0, tries, () => new Copy(source), Try, copy => copy.Dispose());

        Assert.Empty(wrong);
        // Most changes are to what matters, and not all.
        Assert.InRange(refused, tries / 2, tries - 1);

        Copy Try(int number, ParallelLoopState _, Copy copy)
        {
            var random = new Random(Seed + number);
            // Half of the tries are on the graph, which alone has no checksum.
            var file = random.Next(10) switch { < 5 => ".meta", < 8 => ".index", _ => ".data-00000-of-00001" };
            FileMutation[] mutations = [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => Mutation(random))];
            var isNamed = random.Next(2) == 0;
            var start = Stopwatch.GetTimestamp();
            try
            {
                if (source.Fault(copy.With(file, mutations), isNamed) is { } fault)
                    wrong.Add(Text(fault));
            }
            catch (ImportException)
            {
                Interlocked.Increment(ref refused);
            }
            catch (Exception unexpected)
            {
                wrong.Add(Text(unexpected.ToString()));
            }

            if (Stopwatch.GetElapsedTime(start) is var elapsed && elapsed > MostTime)
                wrong.Add(Text($"it took {elapsed}"));
            return copy;

            string Text(string what) => $"{file}, output {(isNamed ? "named" : "found")}, {string.Join<FileMutation>(", ", mutations)}: {what}";
        }
    }

    private static FileMutation Mutation(Random random) => new(
        random.Next(12) switch { 0 => FileMutation.Kind.CutOff, < 6 => FileMutation.Kind.FlipBit, _ => FileMutation.Kind.SetByte },
        At: random.NextDouble(),
        Length: 0,
        (byte)random.Next(256));

    /// <summary>A model as it is in the test data, and what it gives.</summary>
    private sealed class Source
    {
        private readonly JsonElement _golden;
        private readonly string _output;
        private readonly double[] _expected;
        private readonly byte[]? _onnx;

        public Source(string model)
        {
            Folder = TestData.Path("tf1", model);
            _golden = TestData.Json("tf1", model, "golden.json");
            _output = _golden.GetProperty("outputs")[0].GetProperty("name").GetString()!;
            _expected = [.. _golden.GetProperty("synthetic").GetProperty("expected").GetProperty(_output).EnumerateArray()
                .SelectMany(row => row.EnumerateArray()).Select(number => number.GetDouble())];
            Assert.Null(Fault(Folder, isNamed: true));
            _onnx = Convert(Folder, isNamed: true);
        }

        public string Folder { get; }

        /// <returns>What is wrong with the numbers that the model in a folder gives; null when nothing is.</returns>
        public string? Fault(string folder, bool isNamed)
        {
            var onnx = Convert(folder, isNamed);
            // The same model gives the same numbers.
            if (_onnx is not null && onnx.AsSpan().SequenceEqual(_onnx))
                return null;
            var (input, shape) = SyntheticBatch.Of(_golden);
            using var options = OnnxEnvironment.CreateSessionOptions();
            using var session = new InferenceSession(onnx, options);
            using var value = OrtValue.CreateTensorValueFromMemory(input, shape);
            using var runOptions = new RunOptions();
            using var results = session.Run(runOptions, [session.InputNames.Single()], [value], [session.OutputNames.Single()]);
            var actual = results[0].GetTensorDataAsSpan<float>().ToArray();
            return actual.Length == _expected.Length && actual.Zip(_expected).All(pair => Math.Abs(pair.First - pair.Second) <= Tolerance)
                ? null
                : $"{session.OutputNames[0]} is {string.Join(", ", actual.Take(_expected.Length))}";
        }

        private byte[] Convert(string folder, bool isNamed)
        {
            using var source = TensorFlowModel.Open(folder);
            var onnx = new MemoryStream();
            Converter.Convert(source, new ConversionRequest { Outputs = isNamed ? [_output] : [] }).Write(onnx, "Of a test.");
            return onnx.ToArray();
        }
    }

    /// <summary>A copy of a checkpoint, in which one file at a time is another.</summary>
    private sealed class Copy : IDisposable
    {
        private readonly TemporaryFolder _folder = new();
        private readonly Dictionary<string, byte[]> _files;
        private string? _changed;

        public Copy(Source source)
        {
            _folder.CopyModel(source.Folder, Name);
            _files = Directory.GetFiles(Path.Combine(_folder.Path, Name)).ToDictionary(file => file, File.ReadAllBytes);
        }

        private static string Name => "model";

        /// <returns>The folder.</returns>
        public string With(string ending, IEnumerable<FileMutation> mutations)
        {
            if (_changed is not null)
                File.WriteAllBytes(_changed, _files[_changed]);
            _changed = _files.Keys.Single(file => file.EndsWith(ending, StringComparison.Ordinal));
            File.WriteAllBytes(_changed, mutations.Aggregate(_files[_changed], (file, mutation) => mutation.Apply(file)));
            return Path.Combine(_folder.Path, Name);
        }

        public void Dispose() => _folder.Dispose();
    }
}
