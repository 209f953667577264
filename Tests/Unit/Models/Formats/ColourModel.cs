using ClassifierFunctions.Models.Onnx;
using Google.Protobuf;
using Outline = ClassifierFunctions.Models.Onnx.Outline;

namespace ClassifierFunctions.Tests.Unit.Models.Formats;

/// <summary>A model that can be computed by hand: four scores from the mean of each channel of an image of 8 x 6 pixels.</summary>
internal sealed record ColourModel
{
    public const int Width = 8;
    public const int Height = 6;
    public const int Classes = 4;

    private const int Channels = 3;

    // TensorProto.DataType of onnx.proto, which nothing that we write has.
    private const OnnxElement Text = (OnnxElement)8;

    public OnnxElement Element { get; init; } = OnnxElement.Float32;

    public bool Nhwc { get; init; }

    public bool DynamicBatch { get; init; }

    /// <summary>Name of the output with the scores.</summary>
    public string Output { get; init; } = "scores";

    /// <summary>Operators behind the logits, in order: Softmax, Sigmoid, LogSoftmax; Shares for a softmax that is written out.</summary>
    public IReadOnlyList<string> Ends { get; init; } = [];

    /// <summary>Makes the output a list of maps with these keys, texts or whole numbers, and puts a tensor with the best class in front of it.</summary>
    public Array? Keys { get; init; }

    /// <summary>A further output, declared before the scores: the means as "embedding" (3 numbers), or the doubled logits under any other name.</summary>
    public string? Other { get; init; }

    /// <summary>What is divided by, so that no score is nearly 0 or 1: the largest value of a pixel.</summary>
    public float Range { get; init; } = 1;

    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>();

    /// <summary>The logits for channels of the given values, in the order in which the model gets them.</summary>
    public double[] Logits(params double[] channels)
        => [.. Enumerable.Range(0, Classes).Select(label => Bias(label) + channels.Select((value, channel) => value * Weight(label, channel)).Sum())];

    public void Save(string path)
    {
        var graph = new OnnxGraphBuilder("colour", "Tests");
        foreach (var (key, value) in Metadata)
            graph.Metadata(key, value);
        OnnxDim batch = DynamicBatch ? "batch" : 1;
        var image = Nhwc
            ? graph.Input("image", Element, batch, Height, Width, Channels)
            : graph.Input("image", Element, batch, Channels, Height, Width);
        if (Element != OnnxElement.Float32)
            image = graph.Node("Cast", [image], ("to", (long)OnnxElement.Float32));
        var embedding = graph.Node(new OnnxOperator("ReduceMean", "embedding"), [image], ("axes", Nhwc ? [1L, 2] : new long[] { 2, 3 }), ("keepdims", 0L));
        var weights = graph.Weights("weights", Table((label, channel) => Weight(label, channel)), Channels, Classes);
        var bias = graph.Weights("bias", Enumerable.Range(0, Classes).Select(Bias).ToArray(), Classes);
        var logits = graph.Node("Add", [graph.Node("MatMul", [embedding, weights]), bias]);
        if (Other == "embedding")
            graph.Output(embedding, OnnxElement.Float32, batch, Channels);
        else if (Other is not null)
            graph.Output(graph.Node(new OnnxOperator("Add", Other), [logits, logits]), OnnxElement.Float32, batch, Classes);
        var scores = Ends.Aggregate(logits, (value, end) => End(graph, value, end));
        if (Keys is not null)
        {
            SaveMaps(graph, scores, batch, path);
            return;
        }

        // Float16 models have float16 at both ends.
        var (op, element) = Element == OnnxElement.Float16 ? ("Cast", OnnxElement.Float16) : ("Identity", OnnxElement.Float32);
        var output = op == "Cast" ? graph.Node(new(op, Output), [scores], ("to", (long)element)) : graph.Node(new(op, Output), [scores]);
        graph.Output(output, element, batch, Classes);
        graph.Save(path);
    }

    private static OnnxValue End(OnnxGraphBuilder graph, OnnxValue value, string end)
    {
        if (end != "Shares")
            return graph.Node(end, [value]);
        var powers = graph.Node("Exp", [value]);
        return graph.Node("Div", [powers, graph.Node("ReduceSum", [powers, graph.Weights("axes", [1L], 1)])]);
    }

    // As Custom Vision and skl2onnx do it: the best class as a tensor, then all of them as maps.
    private void SaveMaps(OnnxGraphBuilder graph, OnnxValue scores, OnnxDim batch, string path)
    {
        graph.Import("ai.onnx.ml", 3);
        var best = graph.Node("ArgMax", [scores], ("axis", 1L), ("keepdims", 0L));
        var texts = Keys as string[];
        var label = texts is null
            ? graph.Node(new("Identity", "label"), [best])
            : graph.Node(new("LabelEncoder", "label", "ai.onnx.ml"), [best], ("keys_int64s", new long[] { 0, 1, 2, 3 }), ("values_strings", texts));
        graph.Output(label, texts is null ? OnnxElement.Int64 : Text, batch);
        if (texts is not null)
            graph.Node(new("ZipMap", Output, "ai.onnx.ml"), [scores], ("classlabels_strings", texts));
        else
            graph.Node(new("ZipMap", Output, "ai.onnx.ml"), [scores], ("classlabels_int64s", (long[])Keys!));
        using var bytes = new MemoryStream();
        graph.Write(bytes);
        var model = ModelProto.Parser.ParseFrom(bytes.ToArray());
        // What we write has no maps, but keeps the fields that it does not know.
        model.Graph.Output.Add(ValueInfoProto.Parser.ParseFrom(MapOutput(texts is null ? OnnxElement.Int64 : Text).ToByteArray()));
        File.WriteAllBytes(path, model.ToByteArray());
    }

    private Outline.ValueInfoProto MapOutput(OnnxElement key)
    {
        var score = new Outline.TypeProto { TensorType = new() { ElemType = (int)OnnxElement.Float32, Shape = new() } };
        var map = new Outline.TypeProto { MapType = new() { KeyType = (int)key, ValueType = score } };
        return new() { Name = Output, Type = new() { SequenceType = new() { ElemType = map } } };
    }

    private float Weight(int label, int channel) => ((((label * 3) + (channel * 5)) % 7) - 3) / Range;

    private static float Bias(int label) => label / 4f;

    private static float[] Table(Func<int, int, float> weight)
        => [.. Enumerable.Range(0, Channels).SelectMany(channel => Enumerable.Range(0, Classes).Select(label => weight(label, channel)))];
}
