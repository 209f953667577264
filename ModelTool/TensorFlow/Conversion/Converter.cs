using System.Runtime.ExceptionServices;
using ClassifierFunctions.ModelTool.TensorFlow.Conversion.Graph;
using ClassifierFunctions.ModelTool.TensorFlow.Conversion.Operations;
using ClassifierFunctions.ModelTool.TensorFlow.Sources;

namespace ClassifierFunctions.ModelTool.TensorFlow.Conversion;

/// <summary>Turns what an output needs of a TensorFlow graph into an ONNX model.</summary>
/// <remarks>
/// 1. Find outputs and the image's place, where they are not named.
/// 2. Follow the graph from the outputs back; each node becomes ONNX operators, or a constant.
/// 3. Check the nodes for damage: those that were used, and those that were looked at to find the output.
/// 4. Compute constants, and take batch normalisations and borders into the layers beside them.
/// </remarks>
internal static class Converter
{
    // Nodes are followed by recursion; deep networks are some thousand nodes deep.
    private const int StackBytes = 512 << 20;

    /// <exception cref="ImportException">The graph is damaged, or needs something that is not supported: all of that is in the message.</exception>
    public static ConvertedModel Convert(TensorFlowModel source, ConversionRequest request)
    {
        ConvertedModel? converted = null;
        ExceptionDispatchInfo? failure = null;
        var thread = new Thread(
            () =>
            {
                try
                {
                    converted = ConvertHere(source, request);
                }
                catch (Exception caught)
                {
                    failure = ExceptionDispatchInfo.Capture(caught);
                }
            },
            StackBytes);
        thread.Start();
        thread.Join();
        failure?.Throw();
        return converted!;
    }

    private static ConvertedModel ConvertHere(TensorFlowModel source, ConversionRequest request)
    {
        // :: Step 1
        var shape = new GraphShape(source);
        var outputs = OutputFinder.Find(source, shape, request.Outputs);
        CheckHasWeights(source, shape, outputs);
        var input = new InputFinder(source, shape).Find(outputs, request.Input, request.Size);
        try
        {
            return ConvertHere(source, shape, outputs, input, request);
        }
        catch (ImportException) when (input.FixedBatch is null or 1)
        {
            try
            {
                // Some graphs are good for one image only, whatever their placeholder says.
                return ConvertHere(source, shape, outputs, input.ForOneImage(), request);
            }
            catch (ImportException)
            {
                // What keeps it from working on several says more.
            }

            throw;
        }
    }

    private static ConvertedModel ConvertHere(TensorFlowModel source, GraphShape shape, IReadOnlyList<string> outputs, ImageInput input, ConversionRequest request)
    {
        // :: Step 2
        var placeholders = new PlaceholderValues(source, request.Values, input);
        var evaluator = new GraphEvaluator(source, input, placeholders);
        Operand[] results = [.. outputs.Select(evaluator.Get)];
        if (evaluator.Unsupported.Count > 0)
            throw new ImportException(UnsupportedText(source, evaluator));
        var graph = evaluator.Graph;
        foreach (var (name, result) in outputs.Zip(results))
            graph.Outputs.Add((name, Plain(source, evaluator, name, result)));
        if (graph.Input is null)
            throw new ImportException($"{source.Path}: {string.Join(", ", outputs)} does not depend on {input.Node}; name another --output or --input.");

        CheckHasScores(source, shape, graph);

        // :: Step 3
        var used = evaluator.Used;
        source.Verify(used);
        // An output that was not named was chosen among others: damage in one of those may have made it the choice.
        if (request.Outputs.Count == 0)
            source.Verify(source.Nodes.Values.Where(GraphShape.IsForward).Select(node => node.Name));

        // :: Step 4
        graph.Prune();
        try
        {
            ConstantFolding.Run(graph);
        }
        catch (UnsupportedException unsupported)
        {
            throw new ImportException($"{source.Path}: a constant {unsupported.Message}.", unsupported);
        }

        var start = InputStart.Of(graph);
        PadFolding.Run(graph);
        AffineFolding.Run(graph);
        return new ConvertedModel(graph)
        {
            Input = input,
            Start = start,
            IsMultiLabel = graph.Outputs.First(output => IsScores(output.Value, input.Dims[0])) is var scores
                && (scores.Value.Producer?.Operator == "Sigmoid" || OutputFinder.SigmoidLosses(source, shape).Contains(scores.Name)),
            Layers = evaluator.Layers.Rows,
            Placeholders = placeholders.Taken,
            Dropouts = evaluator.Dropouts.Count,
            UsedNodes = used,
            Notes = [.. Notes(evaluator), .. input.Dims[0].PerImage ? [] : new[] { "The graph works on one image at a time, and so does the model." }],
        };
    }

    private static void CheckHasWeights(TensorFlowModel source, GraphShape shape, IReadOnlyList<string> outputs)
    {
        if (source.Stored.Count > 0 || shape.Ancestors(outputs.Select(shape.Node).OfType<NodeDef>(), _ => false).FirstOrDefault(VariableMap.IsVariable) is not { } variable)
            return;
        throw new ImportException($"{source.Path} has variables, such as {variable.Name}, but not their values: " + (source.Kind == SourceKind.SavedModel
            ? "give the whole SavedModel folder, with variables/ in it."
            : "the graph is not frozen. Give the checkpoint that it belongs to."));
    }

    private static IEnumerable<string> Notes(GraphEvaluator evaluator)
    {
        if (evaluator.TrainingNormalisations is { Count: > 0 } training)
        {
            yield return $"{training.Count} batch normalisations ({training.First()} …) are saved as in training, by the images of the batch; "
                + "the model takes their moving averages, as inference does.";
        }

        if (evaluator.AcrossImages is { Count: > 0 } across)
            yield return $"{across.Count} nodes ({across.First()} …) reckon over all images of a run: the scores of an image depend on the others that are classified with it.";
    }

    // As the app takes them: a list of numbers per image.
    private static void CheckHasScores(TensorFlowModel source, GraphShape shape, ComputeGraph graph)
    {
        if (graph.Outputs.Any(output => IsScores(output.Value, graph.Input!.Dims[0])))
            return;
        var (name, value) = graph.Outputs[0];
        throw new ImportException($"{source.Path}: output {name} has shape {Describe.Shape(value.Dims)}, {Describe.Type(value.Type)}; a classifier gives a list of scores per image, [N, classes]."
            + (shape.Node(name) is { Op: "ArgMax" } choice ? $" {TensorName.DataInputs(choice).First()}, from which it takes the best, may be the one to name with --output." : " Name another with --output."));
    }

    private static bool IsScores(GraphValue value, Dim images)
        => value.Type == DataType.DtFloat && value.Dims.Count > 1 && value.Dims[0] == images && value.Dims.Skip(1).Count(dim => dim != 1) <= 1;

    private static GraphValue Plain(TensorFlowModel source, GraphEvaluator evaluator, string name, Operand result)
    {
        if (result is not Operand.Present present || !source.Nodes.TryGetValue(TensorName.Parse(name).Node, out var node))
            throw new ImportException($"{source.Path}: output {name} is not there at inference: it is of a branch that is not taken, or no tensor.");
        try
        {
            var context = new NodeContext(node, [present], evaluator);
            return context.Plain(present is Operand.Computed computed ? BatchBlocks.Apart(context, computed) : present);
        }
        catch (UnsupportedException unsupported)
        {
            throw new ImportException($"{source.Path}: output {name} {unsupported.Message}.");
        }
    }

    private static string UnsupportedText(TensorFlowModel source, GraphEvaluator evaluator)
    {
        const int MostNodes = 10;
        var operations = evaluator.Unsupported.GroupBy(entry => (entry.Operation, entry.Why)).Select(group =>
        {
            string[] nodes = [.. group.Select(entry => entry.Node)];
            var more = nodes.Length > MostNodes ? $" and {nodes.Length - MostNodes} more" : "";
            return $"{group.Key.Operation} ({string.Join(", ", nodes.Take(MostNodes))}{more})" + (group.Key.Why is { } why ? $", which {why}" : "");
        });
        return $"{source.Path}: these operations are not supported: {string.Join("; ", operations)}. Name an --input after them or an --output before them, if that is possible.";
    }
}
