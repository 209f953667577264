using Google.Protobuf;

namespace ClassifierFunctions.Tests.Support;

/// <summary>A protobuf message read by field numbers, without its schema.</summary>
internal sealed class ProtobufMessage
{
    private readonly ILookup<int, object> _fields;

    private ProtobufMessage(ILookup<int, object> fields) => _fields = fields;

    public static ProtobufMessage Parse(byte[] bytes)
    {
        var fields = new List<(int Number, object Value)>();
        var input = new CodedInputStream(bytes);
        while (input.ReadTag() is not 0 and var tag)
        {
            object value = WireFormat.GetTagWireType(tag) switch
            {
                WireFormat.WireType.Varint => input.ReadUInt64(),
                WireFormat.WireType.Fixed64 => input.ReadFixed64(),
                WireFormat.WireType.Fixed32 => input.ReadFixed32(),
                WireFormat.WireType.LengthDelimited => input.ReadBytes().ToByteArray(),
                var other => throw new FormatException($"Wire type {other} is not known here."),
            };
            fields.Add((WireFormat.GetTagFieldNumber(tag), value));
        }

        return new ProtobufMessage(fields.ToLookup(field => field.Number, field => field.Value));
    }

    /// <summary>The messages at the end of a path of field numbers, each of which may be repeated.</summary>
    public IEnumerable<ProtobufMessage> All(params int[] path)
        => path is [var first, .. var rest] ? _fields[first].SelectMany(bytes => Parse((byte[])bytes).All(rest)) : [this];

    public bool Has(int field) => _fields.Contains(field);

    /// <summary>Empty when the field is absent, as protobuf has it.</summary>
    public string Text(int field) => System.Text.Encoding.UTF8.GetString((byte[])(_fields[field].LastOrDefault() ?? Array.Empty<byte>()));

    public string Hex(int field) => Convert.ToHexStringLower((byte[])(_fields[field].LastOrDefault() ?? Array.Empty<byte>()));

    public ulong Number(int field) => (ulong)(_fields[field].LastOrDefault() ?? 0UL);

    /// <summary>Repeated OpenTelemetry KeyValue (key = 1, value = 2) with AnyValue (string = 1, bool = 2, int = 3, double = 4).</summary>
    public Dictionary<string, object> Attributes(int field) => All(field).ToDictionary(
        pair => pair.Text(1),
        pair => pair.All(2).Single() is var value && value.Has(1) ? value.Text(1)
            : value.Has(4) ? BitConverter.UInt64BitsToDouble(value.Number(4))
            : (object)(long)(value.Has(3) ? value.Number(3) : value.Number(2)));
}
