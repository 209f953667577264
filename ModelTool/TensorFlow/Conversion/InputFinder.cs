using ClassifierFunctions.ModelTool.TensorFlow.Sources;

namespace ClassifierFunctions.ModelTool.TensorFlow.Conversion;

/// <summary>Finds where the image enters, and what size it has there.</summary>
internal sealed class InputFinder(TensorFlowModel source, GraphShape shape)
{
    /// <param name="outputs">What the model is to give.</param>
    /// <param name="wanted">A node, or node:number; null to find one.</param>
    /// <param name="size">Of images, where the graph leaves it open.</param>
    /// <exception cref="ImportException">No such node, no candidate, several, or one whose size nobody knows.</exception>
    public ImageInput Find(IReadOnlyList<string> outputs, string? wanted, (int Width, int Height)? size)
    {
        if (wanted is not null)
            return Describe(Named(wanted), size);
        var candidates = Candidates(outputs);
        return candidates.Count switch
        {
            1 => Describe(candidates[0], size),
            0 => throw new ImportException($"{source.Path}: no placeholder for images leads to {string.Join(", ", outputs)}; name the node that the images take the place of with --input. {Beginnings(outputs)}"),
            _ => throw new ImportException($"{source.Path}: several inputs may be the image; name one with --input: {string.Join(", ", candidates.Select(candidate => Text(candidate)))}."),
        };
    }

    private (NodeDef Node, int Port) Named(string tensor)
    {
        var signature = source.Signatures.Select(signature => signature.Inputs.GetValueOrDefault(tensor)).OfType<string>().FirstOrDefault();
        var name = shape.Node(tensor) is null && signature is not null ? signature : tensor;
        var (_, port) = TensorName.Parse(name);
        return shape.Node(name) is { } node
            ? (node, port)
            : throw new ImportException($"{source.Path}: --input {tensor}: there is no such node. Placeholders are: {string.Join(", ", PlaceholderValues.All(source).Select(placeholder => placeholder.Name))}.");
    }

    private List<(NodeDef Node, int Port)> Candidates(IReadOnlyList<string> outputs)
    {
        var dropout = new Dropout(source);
        var reached = shape.Ancestors(outputs.Select(shape.Node).OfType<NodeDef>(), node => IsImage(node, out _) || dropout.Kept(node) is not null);
        // A dropout leads on to what it keeps only, not to the random numbers.
        for (var kept = Kept(reached); kept.Length > 0; kept = Kept(reached))
            reached = [.. reached.Where(node => dropout.Kept(node) is null), .. shape.Ancestors(kept, node => IsImage(node, out _) || dropout.Kept(node) is not null)];
        (NodeDef, int, int Rank)[] found = [.. reached.Distinct().Select(node => IsImage(node, out var place) ? (node, place.Port, place.Rank) : default).Where(candidate => candidate.node is not null)];
        // Clear cases come before guesses.
        return found.Length == 0 ? [] : [.. found.Where(candidate => candidate.Rank == found.Min(other => other.Rank)).Select(candidate => (candidate.Item1, candidate.Item2))];

        NodeDef[] Kept(IEnumerable<NodeDef> nodes) => [.. nodes.Select(dropout.Kept).OfType<string>().Select(shape.Node).OfType<NodeDef>()];
    }

    private bool IsImage(NodeDef node, out (int Port, int Rank) place)
    {
        place = default;
        switch (node.Op)
        {
            case "Placeholder" or "PlaceholderV2" or "PlaceholderWithDefault":
                if (Element(node) is null)
                    return false;
                var dims = source.OutputShape(node, 0);
                place = (0, dims switch { { Count: 4 } => node.Op == "PlaceholderWithDefault" ? 1 : 0, { Count: 3 } => 1, { Count: 2 } => 2, null => 3, _ => -1 });
                // What is filled in when nothing is given may be a setting.
                return place.Rank >= 0 && (node.Op == "Placeholder" || dims is { Count: 4 }) && (dims is not { Count: 2 } || dims[1] is null or > 16);
            case "Reshape":
                // An input pipeline that a saved graph still has may say what it gives in a last step.
                place = (0, 4);
                return ResizedTo(node) is not null && shape.Ancestors([node], ancestor => ancestor.Op == "Conv2D")
                    .Any(ancestor => ancestor.Op.StartsWith("Iterator", StringComparison.Ordinal) || ancestor.Op.StartsWith("QueueDequeue", StringComparison.Ordinal));
            case "IteratorGetNext" or "QueueDequeueManyV2" or "QueueDequeueUpToV2" or "QueueDequeueV2" or "QueueDequeueMany" or "QueueDequeue":
                for (var port = 0; port < 8; port++)
                {
                    if (source.OutputShape(node, port) is { Count: 4 })
                    {
                        place = (port, 4);
                        return true;
                    }
                }

                return false;
            case "ResizeBilinear" or "ResizeBicubic" or "ResizeNearestNeighbor" or "ResizeArea":
                // After a decoder of image files in the graph, which has its place outside of it.
                place = (0, 5);
                return shape.Ancestors([node], _ => false).Any(ancestor => ancestor.Op.StartsWith("Decode", StringComparison.Ordinal));
            default:
                return false;
        }
    }

    private static DataType? Element(NodeDef node)
        => (node.Attr.TryGetValue("dtype", out var type) ? type.Type : DataType.DtInvalid) switch
        {
            DataType.DtUint8 => DataType.DtUint8,
            DataType.DtFloat or DataType.DtDouble or DataType.DtHalf or DataType.DtBfloat16 => DataType.DtFloat,
            _ => null,
        };

    private ImageInput Describe((NodeDef Node, int Port) place, (int Width, int Height)? size)
    {
        var (node, port) = place;
        var dims = source.OutputShape(node, port) ?? ResizedTo(node);
        var type = PlaceholderValues.IsPlaceholder(node) ? Element(node) ?? throw Unfit(place, "it takes no images: neither float nor uint8") : DataType.DtFloat;
        switch (dims)
        {
            case null when size is null && Length(node) is { } row:
                return Flat(place, type, null, row, null);
            case null:
                var (width, height) = size ?? throw NoSize(place);
                return Image(place, type, [null, height, width, Channels(node)], size);
            case { Count: 4 }:
                return Image(place, type, dims, size);
            case { Count: 3 } when dims[2] is 1 or 3 && shape.ForwardConsumers(node).FirstOrDefault(consumer => consumer.Op == "ExpandDims") is { } expanded:
                return Image((expanded, 0), type, [null, .. dims], size);
            case { Count: 3 } when dims[1] is { } rows && dims[2] is { } columns:
                // Grey images without an axis for their one channel.
                return Image(place, type, [.. dims, 1], size) with { Becomes = [Dim.Batch, rows, columns] };
            case { Count: 2 } when dims[1] is { } length:
                return Flat(place, type, dims[0], length, size);
            default:
                throw Unfit(place, $"it has {dims.Count} dimensions; images have 4");
        }
    }

    private ImageInput Image((NodeDef Node, int Port) place, DataType type, IReadOnlyList<long?> dims, (int Width, int Height)? size)
    {
        var isChannelsFirst = dims[1] is 1 or 3 && dims[3] is not (1 or 3);
        var (rows, columns, channels) = isChannelsFirst ? (dims[2], dims[3], dims[1]) : (dims[1], dims[2], dims[3]);
        if (size is { } given && ((rows ?? given.Height) != given.Height || (columns ?? given.Width) != given.Width))
            throw Unfit(place, $"its images are {columns?.ToString() ?? "any"} x {rows?.ToString() ?? "any"} pixels, not {given.Width} x {given.Height} as --preprocess says");
        var (height, width) = (rows ?? size?.Height ?? throw NoSize(place), columns ?? size?.Width ?? throw NoSize(place));
        if (height is < 1 or > 1 << 14 || width is < 1 or > 1 << 14)
            throw Unfit(place, $"its images are {width} x {height} pixels");
        var depth = channels ?? Channels(place.Node);
        if (depth is not (1 or 3))
            throw Unfit(place, $"its images have {depth} channels; 1 (grey) and 3 are supported");
        Dim[] shape = isChannelsFirst ? [Dim.Batch, depth, height, width] : [Dim.Batch, height, width, depth];
        return new(place.Node.Name, place.Port, type, shape, shape, dims[0]);
    }

    // Images as rows of numbers, which the graph reshapes; MNIST's tutorials have them.
    private ImageInput Flat((NodeDef Node, int Port) place, DataType type, long? batch, long length, (int Width, int Height)? size)
    {
        foreach (var reshape in shape.ForwardConsumers(place.Node).Where(consumer => consumer.Op == "Reshape"))
        {
            if (Constant(TensorName.DataInputs(reshape).Skip(1).First()) is [_, > 0 and var first, > 0 and var second, > 0 and var third] && first * second * third == length)
                return Shaped([Dim.Batch, first, second, third]);
        }

        foreach (var channels in new long[] { 1, 3 })
        {
            var (width, height) = size is { } given ? (given.Width, given.Height) : ((long)Math.Sqrt(length / channels), (long)Math.Sqrt(length / channels));
            if (height * width * channels == length)
                return Shaped([Dim.Batch, height, width, channels]);
        }

        throw Unfit(place, $"it takes rows of {length} numbers, which make no square image; say its size with --preprocess size=<width>x<height>");

        ImageInput Shaped(Dim[] dims) => new(place.Node.Name, place.Port, type, dims, [Dim.Batch, length], batch);
    }

    // What a node makes of whatever it gets: images of a size that stands in the graph.
    private long?[]? ResizedTo(NodeDef node)
        => TensorName.DataInputs(node).Skip(1).FirstOrDefault() is { } size ? (node.Op, Constant(size)) switch
        {
            ("ResizeBilinear" or "ResizeBicubic" or "ResizeNearestNeighbor" or "ResizeArea", [> 0 and var height, > 0 and var width]) => [null, height, width, 3],
            ("Reshape", [var images, > 0 and var height, > 0 and var width, (1 or 3) and var channels]) => [images > 0 ? images : null, height, width, channels],
            _ => null,
        }
        : null;

    // How many numbers an image has of which the graph says nothing but what is done to it first.
    private long? Length(NodeDef node)
        => shape.ForwardConsumers(node).Select(consumer => (consumer.Op, TensorName.DataInputs(consumer).Skip(1).FirstOrDefault()) switch
        {
            ("MatMul", { } weights) => shape.Ancestors([shape.Node(weights)!], _ => false).Select(StoredShape).FirstOrDefault(dims => dims is { Count: 2 })?[0],
            ("Reshape", { } to) when Constant(to) is [_, > 0 and var first, > 0 and var second, > 0 and var third] => first * second * third,
            _ => null,
        }).FirstOrDefault(length => length > 0);

    private IReadOnlyList<long>? StoredShape(NodeDef node)
        => VariableMap.IsVariable(node) ? source.Variable(node)?.Dims : source.OutputShape(node, 0)?.Select(dim => dim ?? -1).ToArray();

    private long[]? Constant(string tensor)
    {
        try
        {
            return shape.Node(tensor) is { Op: "Const" } node && node.Attr.TryGetValue("value", out var value) && value.Tensor is { } proto
                ? ConstantReader.Read(proto).Integers()
                : null;
        }
        catch (UnsupportedException)
        {
            return null;
        }
    }

    // Of the first convolution after it.
    private long Channels(NodeDef node)
    {
        const long Colours = 3;
        foreach (var conv in shape.Descendants(node).Where(later => later.Op == "Conv2D").Take(1))
        {
            var filter = shape.Ancestors([shape.Node(TensorName.DataInputs(conv).Skip(1).First())!], _ => false)
                .Select(StoredShape).FirstOrDefault(dims => dims is { Count: 4 });
            if (filter is not null)
                return filter[2];
        }

        return Colours;
    }

    private string Beginnings(IReadOnlyList<string> outputs)
    {
        const int Most = 8;
        var starts = shape.Ancestors(outputs.Select(shape.Node).OfType<NodeDef>(), _ => false)
            .Where(node => !TensorName.DataInputs(node).Any() && node.Op is not ("Const" or "VariableV2" or "Variable" or "VarHandleOp"))
            .Select(node => $"{node.Name} ({node.Op})").Take(Most).ToArray();
        return starts.Length == 0 ? "It depends on constants only." : $"It begins with {string.Join(", ", starts)}.";
    }

    private string Text((NodeDef Node, int Port) place)
        => $"{place.Node.Name} {(source.OutputShape(place.Node, place.Port) is { } dims ? $"[{string.Join(", ", dims.Select(dim => dim?.ToString() ?? "?"))}]" : "of any shape")}";

    private ImportException NoSize((NodeDef Node, int Port) place)
        => Unfit(place, "it takes images of any size; say which with --preprocess size=<width>x<height>, such as size=224x224");

    private ImportException Unfit((NodeDef Node, int Port) place, string why) => new($"{source.Path}: input {place.Node.Name}: {why}.");
}
