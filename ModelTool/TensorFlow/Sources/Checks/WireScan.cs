using System.Text;
using Google.Protobuf.Reflection;

namespace ClassifierFunctions.ModelTool.TensorFlow.Sources.Checks;

/// <summary>
/// Finds in a graph's file what parsers let pass and TensorFlow never writes: fields that nodes do not have, fields and keys that are there twice.
/// A flipped bit makes them, and the node then lacks what it should have.
/// </summary>
internal sealed class WireScan : IDisposable
{
    private readonly WireReader _reader;
    private readonly Dictionary<int, string> _nodes = [];
    private readonly Dictionary<int, string> _functions = [];

    private WireScan(string path) => _reader = new(path);

    /// <param name="path">Of a file that could be parsed.</param>
    /// <param name="root">What the file is: SavedModel, MetaGraphDef or GraphDef.</param>
    /// <param name="metaGraph">Which of a SavedModel's graphs to look at.</param>
    /// <returns>What is wrong, by number of the node in the graph, and of the function in its library.</returns>
    /// <exception cref="ImportException">There are two graphs where one belongs, or the file is no protobuf.</exception>
    public static (IReadOnlyDictionary<int, string> Nodes, IReadOnlyDictionary<int, string> Functions) Find(
        string path, MessageDescriptor root, int metaGraph)
    {
        using var scan = new WireScan(path);
        try
        {
            scan.Descend(root, scan._reader.Length, metaGraph);
        }
        catch (Exception damage) when (damage is InvalidDataException or EndOfStreamException)
        {
            throw new ImportException($"{path} is damaged: {damage.Message}.", damage);
        }

        return (scan._nodes, scan._functions);
    }

    public void Dispose() => _reader.Dispose();

    // To the graph: other fields may be any.
    private void Descend(MessageDescriptor type, long end, int metaGraph)
    {
        var seen = new Dictionary<int, int>();
        while (_reader.Position < end)
        {
            var start = _reader.Position;
            var (number, wireType) = _reader.ReadTag();
            var field = type.FindFieldByNumber(number);
            if (type == GraphDef.Descriptor && (field is null || !IsEncoding(field, wireType) || IsLostNode(number, end)))
                throw new InvalidDataException($"{type.Name} has no field {number} of wire type {wireType} as at offset {start}");
            if (wireType != WireReader.Delimited || field is not { FieldType: FieldType.Message, IsMap: false })
            {
                _reader.Skip(wireType, end);
                continue;
            }

            var index = seen[number] = seen.GetValueOrDefault(number, -1) + 1;
            if (index > 0 && !field.IsRepeated)
                throw new InvalidDataException($"field {field.Name} of {type.Name} is there a second time at offset {start}");
            var fieldEnd = _reader.ReadEnd(end);
            var message = field.MessageType;
            if (message == GraphDef.Descriptor || message == FunctionDefLibrary.Descriptor
                || (message == MetaGraphDef.Descriptor && index == metaGraph))
            {
                Descend(message, fieldEnd, metaGraph);
            }
            else if (message == NodeDef.Descriptor && Fault(message, fieldEnd) is { } ofNode)
                _nodes.Add(index, ofNode);
            else if (message == FunctionDef.Descriptor && FunctionFault(fieldEnd) is { } ofFunction)
                _functions.Add(index, ofFunction);
            _reader.SkipTo(fieldEnd);
        }
    }

    // A node whose field number is that of the one field which may hold anything.
    private bool IsLostNode(int number, long end)
    {
        if (number != GraphDef.DebugInfoFieldNumber)
            return false;
        var start = _reader.Position;
        var valueEnd = _reader.ReadEnd(end);
        var isNode = _reader.Position < valueEnd && Fault(NodeDef.Descriptor, valueEnd) is null;
        _reader.SkipTo(start);
        return isNode;
    }

    private string? FunctionFault(long end)
    {
        while (_reader.Position < end)
        {
            var (number, wireType) = _reader.ReadTag();
            if (number != FunctionDef.NodeDefFieldNumber || wireType != WireReader.Delimited)
            {
                _reader.Skip(wireType, end);
                continue;
            }

            var nodeEnd = _reader.ReadEnd(end);
            if (Fault(NodeDef.Descriptor, nodeEnd) is { } fault)
                return fault;
        }

        return null;
    }

    // Goes as deep as the parser went, which has a limit.
    private string? Fault(MessageDescriptor type, long end, HashSet<string>? keys = null)
    {
        var seen = new HashSet<object>();
        var mapKeys = new HashSet<string>();
        while (_reader.Position < end)
        {
            var start = _reader.Position;
            var (number, wireType) = _reader.ReadTag();
            if (type.FindFieldByNumber(number) is not { } field || !IsEncoding(field, wireType))
                return $"{type.Name} has no field {number} of wire type {wireType} as at offset {start}";
            if (!field.IsRepeated && (!seen.Add(number) || (field.ContainingOneof is { } choice && !seen.Add(choice))))
                return $"field {field.Name} of {type.Name} at offset {start} is a second one";
            if (wireType != WireReader.Delimited)
            {
                _reader.Skip(wireType, end);
                continue;
            }

            var fieldEnd = _reader.ReadEnd(end);
            if (keys is not null && number == 1 && !keys.Add(Encoding.UTF8.GetString(_reader.ReadTo(fieldEnd))))
                return $"the key at offset {start} is a second one";
            if (field.FieldType == FieldType.Message && Fault(field.MessageType, fieldEnd, field.IsMap ? mapKeys : null) is { } fault)
                return fault;
            _reader.SkipTo(fieldEnd);
        }

        return keys is not null && seen.Count != 2 ? $"the map entry that ends at offset {end} has no key or no value" : null;
    }

    private static bool IsEncoding(FieldDescriptor field, int wireType) => wireType switch
    {
        WireReader.Varint
            => field.FieldType is FieldType.Int32 or FieldType.Int64 or FieldType.UInt32 or FieldType.UInt64 or FieldType.Bool or FieldType.Enum,
        WireReader.Fixed32 => field.FieldType == FieldType.Float,
        WireReader.Fixed64 => field.FieldType == FieldType.Double,
        WireReader.Delimited => field.IsRepeated || field.FieldType is FieldType.String or FieldType.Bytes or FieldType.Message,
        _ => false,
    };
}
