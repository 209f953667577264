using ClassifierFunctions.ModelTool.TensorFlow;
using ClassifierFunctions.ModelTool.TensorFlow.Conversion;
using ClassifierFunctions.Tests.Support.TensorFlow;
using ClassifierFunctions.Tests.Support.TensorFlow.Reference;

namespace ClassifierFunctions.Tests.Unit.ModelTool.TensorFlow.Conversion;

/// <summary>A graph that grows in the test, and what import makes of it.</summary>
public abstract class ConversionTestsBase
{
    private protected TestGraph Graph { get; } = new();

    private protected ConvertedModel Convert(ConversionRequest? request = null)
    {
        using var source = Graph.Open();
        return Converter.Convert(source, request ?? new());
    }

    private protected void Fails(ConversionRequest? request, params string[] parts)
    {
        var failure = Assert.Throws<ImportException>(() => Convert(request));
        Assert.All(parts, part => Assert.Contains(part, failure.Message, StringComparison.Ordinal));
    }

    /// <summary>Runs the model and the reference with one picture and with three.</summary>
    /// <param name="output">What to compare; it is asked for.</param>
    /// <param name="picture">The model's input for one picture, without the number of pictures.</param>
    /// <param name="feed">What of the graph the picture takes the place of, in the shape that it has there.</param>
    /// <param name="reference">The graph as it means it; null for the graph itself.</param>
    /// <param name="values">Of placeholders, for the reference.</param>
    private protected void Runs(
        ConversionRequest request, string output, int[] picture, (string Tensor, int[] Dims) feed, TestGraph? reference = null,
        params (string Tensor, ReferenceTensor Value)[] values)
    {
        using var run = new ConvertedRun(Graph, request with { Outputs = [output] });
        foreach (var pictures in new[] { 1, 3 })
        {
            var input = Conformance.NewTensor([pictures, .. picture]);
            var feeds = new Dictionary<string, ReferenceTensor>(values.Select(value => KeyValuePair.Create(value.Tensor, value.Value)))
            {
                [feed.Tensor] = input.Reshape([pictures, .. feed.Dims]),
            };
            Conformance.AssertClose(new ReferenceGraph((reference ?? Graph).Definition, feeds).Run(output), run.Run(input));
        }
    }
}
