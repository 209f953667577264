using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace ClassifierFunctions.ModelTool.TensorFlow.Sources;

/// <summary>The graph in a file, whichever message that is.</summary>
internal static class GraphFile
{
    private const string ServeTag = "serve";

    /// <returns>The graph, where a frozen one has nothing else around it; and what message the file is, of whose graphs it is one.</returns>
    /// <exception cref="ImportException">The file is damaged, or has no graph.</exception>
    public static (MetaGraphDef Meta, MessageDescriptor Message, int Index) Read(SourceLocation location) => location.Kind switch
    {
        SourceKind.Checkpoint => (MetaGraph(location.GraphFile), MetaGraphDef.Descriptor, 0),
        SourceKind.SavedModel => Served(location.GraphFile, ProtobufFile.Parse(location.GraphFile, SavedModel.Parser)),
        _ => AnyGraph(location.GraphFile),
    };

    private static MetaGraphDef MetaGraph(string file)
        => ProtobufFile.Parse(file, MetaGraphDef.Parser) is { GraphDef.Node.Count: > 0 } meta ? meta
            : throw new ImportException($"{file} has no graph: it is empty or no MetaGraphDef.");

    // The three messages use the same field numbers for different things: what makes sense tells them apart.
    private static (MetaGraphDef Meta, MessageDescriptor Message, int Index) AnyGraph(string file)
    {
        GraphDef graph;
        ImportException? damage = null;
        try
        {
            graph = ProtobufFile.Parse(file, GraphDef.Parser);
            if (graph.Node.Count > 0 && IsOp(graph.Node[0].Op))
                return (new MetaGraphDef { GraphDef = graph }, GraphDef.Descriptor, 0);
        }
        catch (ImportException failure) when (failure.InnerException is InvalidProtocolBufferException)
        {
            damage = failure;
        }

        if (TryParse(file, MetaGraphDef.Parser) is { GraphDef.Node: { Count: > 0 } nodes } meta && IsOp(nodes[0].Op))
            return (meta, MetaGraphDef.Descriptor, 0);
        if (TryParse(file, SavedModel.Parser) is { MetaGraphs: [{ GraphDef.Node: [var first, ..] }, ..] } saved && IsOp(first.Op))
            return Served(file, saved);
        var reason = new FileInfo(file).Length == 0 ? "it is empty" : "it is no GraphDef, MetaGraphDef or SavedModel";
        throw damage ?? new ImportException($"{file} has no TensorFlow graph: {reason}.");
    }

    private static T? TryParse<T>(string file, MessageParser<T> parser)
        where T : class, IMessage<T>
    {
        try
        {
            return ProtobufFile.Parse(file, parser);
        }
        catch (ImportException failure) when (failure.InnerException is InvalidProtocolBufferException)
        {
            return null;
        }
    }

    private static (MetaGraphDef Meta, MessageDescriptor Message, int Index) Served(string file, SavedModel saved)
    {
        var graphs = saved.MetaGraphs;
        var served = graphs.FirstOrDefault(graph => graph.MetaInfoDef?.Tags is [ServeTag])
            ?? graphs.FirstOrDefault(graph => graph.MetaInfoDef?.Tags.Contains(ServeTag) is true)
            ?? (graphs is [var only] ? only : null);
        var tags = string.Join("; ", graphs.Select(graph => string.Join(", ", graph.MetaInfoDef?.Tags ?? [])));
        return served is { GraphDef.Node.Count: > 0 } ? (served, SavedModel.Descriptor, graphs.IndexOf(served))
            : served is not null ? throw new ImportException($"{file} has no graph: the SavedModel's graph is empty.")
            : graphs.Count == 0 ? throw new ImportException($"{file} has no graph: it is empty or no SavedModel.")
            : throw new ImportException($"{file} has {graphs.Count} graphs and none of them has the tag {ServeTag}: their tags are {tags}. "
                + "Save the model again with that tag.");
    }

    private static bool IsOp(string op)
        => op.Length > 0 && op.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '>' or '.' or '-' or '/');
}
