using ClassifierFunctions.ModelTool.TensorFlow;
using ClassifierFunctions.Tests.Support.TensorFlow.Nodes;
using ClassifierFunctions.Tests.Support.TensorFlow.Reference;

namespace ClassifierFunctions.Tests.Support.TensorFlow;

/// <summary>Compares converted graphs with the reference implementations, for batches of 1 and of 3 pictures.</summary>
internal static class Conformance
{
    private const string Picture = "x";

    /// <summary>Greatest difference, relative to the greatest number of the result: single precision with room for sums in another order.</summary>
    private const double Tolerance = 1e-5;

    private static readonly int[] Batches = [1, 3];

    private enum Before
    {
        Nothing,

        /// <summary>What the op takes may then be held channels first.</summary>
        Convolution,
    }

    private enum After
    {
        Nothing,
        DenseLayer,
        Convolution,
    }

    /// <summary>
    /// An op on a picture and on the result of a convolution; as the output, and in front of a dense layer and of a convolution where its result fits.
    /// </summary>
    /// <param name="height">Of the picture [N, height, width, channels]. Where no picture is so, it is a row of a grey one, reshaped.</param>
    /// <param name="op">Adds the op on a tensor of the picture's shape, and returns its output.</param>
    /// <param name="reference">What the op must be equal to; null when that is the op itself. It may take no other random constants.</param>
    public static void Check(
        int height, int width, int channels, Func<TestGraph, string, string> op, Func<TestGraph, string, string>? reference = null)
    {
        var failures = new List<string>();
        foreach (var before in Enum.GetValues<Before>())
        {
            var (definition, expected) = Build(height, width, channels, before, reference ?? op);
            ReferenceTensor[] pictures = [.. Batches.Select(batch => NewPicture(batch, height, width, channels))];
            ReferenceTensor[] results = [.. pictures.Select(picture => new ReferenceGraph(definition.Definition, Feed(Picture, picture)).Run(expected))];
            foreach (var after in Enum.GetValues<After>().Where(after => Fits(after, results)))
            {
                var (graph, output) = Build(height, width, channels, before, op);
                var last = Append(graph, output, after, results[0]);
                try
                {
                    Compare(graph, last, pictures, [.. results.Select(result => new ReferenceGraph(graph.Definition, Feed(output, result)).Run(last))]);
                }
                catch (Exception e)
                {
                    failures.Add($"Before it {before}, after it {after}: {e.Message}");
                }
            }
        }

        Assert.True(failures is [], string.Join(Environment.NewLine, failures));
    }

    /// <summary>A whole network: its output only.</summary>
    /// <param name="batches">How many pictures at a time; none for the usual ones.</param>
    public static void CheckNetwork(int height, int width, int channels, Func<TestGraph, string, string> network, params int[] batches)
    {
        var (graph, output) = Build(height, width, channels, Before.Nothing, network);
        ReferenceTensor[] pictures = [.. (batches is [] ? Batches : batches).Select(batch => NewPicture(batch, height, width, channels))];
        Compare(graph, output, pictures, [.. pictures.Select(picture => new ReferenceGraph(graph.Definition, Feed(Picture, picture)).Run(output))]);
    }

    /// <summary>A network made at random.</summary>
    public static void CheckRandomNetwork(int seed) => CheckNetwork(
        5, 4, 3, (graph, x) => RandomNetwork.Add(graph, x, NewPicture(Batches[^1], 5, 4, 3), seed));

    /// <summary>The same type, shape and numbers: integers exactly, others but for rounding.</summary>
    public static void AssertClose(ReferenceTensor want, ReferenceTensor got)
    {
        Assert.Equal(want.ToString(), got.ToString());
        var tolerance = want.Type == DataType.DtFloat && want.Values is not [] ? Tolerance * Math.Max(want.Values.Max(Math.Abs), 1e-3) : 0;
        for (var i = 0; i < want.Values.Length; i++)
        {
            var (expectedNumber, number) = (want.Values[i], got.Values[i]);
            Assert.True(Math.Abs(expectedNumber - number) <= tolerance, $"{expectedNumber} was expected as number {i} of {want}, not {number}.");
        }
    }

    /// <summary>Numbers of [-1, 1), the same in each run.</summary>
    public static ReferenceTensor NewTensor(params int[] dims)
    {
        var random = new Random(19561110);
        return ReferenceTensor.Compute(dims, DataType.DtFloat, _ => (random.NextSingle() * 2) - 1);
    }

    private static (TestGraph Graph, string Output) Build(int height, int width, int channels, Before before, Func<TestGraph, string, string> op)
    {
        var graph = new TestGraph();
        var fed = graph.Placeholder(Picture, DataType.DtFloat, [-1, .. FedDims(height, width, channels)]);
        var input = IsPicture(height, channels) ? fed : graph.Reshape(graph.Slice(fed, [0, 1, 0, 0], [-1, 1, -1, -1]), -1, height, width, channels);
        return (graph, op(graph, before == Before.Convolution ? graph.Conv2D(input, graph.Random(3, 3, channels, channels)) : input));
    }

    private static bool Fits(After after, ReferenceTensor[] results) => after switch
    {
        After.Nothing => true,
        _ when results.Any(result => result.Type != DataType.DtFloat) => false,
        _ when !results.Select(result => result.Dims.FirstOrDefault()).SequenceEqual(Batches) => false,
        After.Convolution => results.All(result => result.Rank == 4),
        _ => results.All(result => result.Rank > 1),
    };

    private static string Append(TestGraph graph, string output, After after, ReferenceTensor result)
    {
        var features = result.Values.Length / Math.Max(result.Dims.FirstOrDefault(), 1);
        return after switch
        {
            After.DenseLayer => graph.MatMul(graph.Reshape(output, -1, features), graph.Random(features, 5)),
            After.Convolution => graph.Conv2D(output, graph.Random(2, 3, result.Dims[^1], 2)),
            _ => output,
        };
    }

    private static void Compare(TestGraph graph, string output, ReferenceTensor[] pictures, ReferenceTensor[] expected)
    {
        using var converted = new ConvertedRun(graph, output);
        foreach (var (picture, want) in pictures.Zip(expected))
            AssertClose(want, converted.Run(picture));
    }

    /// <summary>Grey or RGB, and not so low that its height could be that number of channels.</summary>
    private static bool IsPicture(int height, int channels) => channels is 1 or 3 && height is not (1 or 3);

    private static int[] FedDims(int height, int width, int channels)
        => IsPicture(height, channels) ? [height, width, channels] : [2, height * width * channels, 1];

    private static ReferenceTensor NewPicture(int batch, int height, int width, int channels) => NewTensor([batch, .. FedDims(height, width, channels)]);

    private static Dictionary<string, ReferenceTensor> Feed(string name, ReferenceTensor value) => new() { [name] = value };
}
