using System.Globalization;
using ClassifierFunctions.Models.Onnx;
using ClassifierFunctions.ModelTool.TensorFlow.Sources.Checks;
using Google.Protobuf;
using OnnxTensorProto = ClassifierFunctions.Models.Onnx.TensorProto;

namespace ClassifierFunctions.ModelTool.TensorFlow.Conversion;

/// <summary>
/// An ONNX file without its weights: what is left says that they are external data (onnx/onnx, docs/ExternalData.md), and where in that same file. ONNX Runtime
/// maps external data; a file it reads whole, and then copies each tensor.
/// </summary>
internal static class MappedWeights
{
    // Smaller tensors are shapes and settings, which ONNX Runtime needs while it loads.
    private const int LeastBytes = 1 << 12;

    /// <returns>A model for a session that looks for external data in the file's folder.</returns>
    public static byte[] ModelOf(string path)
    {
        using var file = new WireReader(path);
        var model = new ModelProto();
        foreach (var (field, start, _, end) in Fields(file, file.Length))
        {
            if (field == ModelProto.GraphFieldNumber)
                model.Graph = Graph(file, end);
            else
                model.MergeFrom(Bytes(file, start, end));
        }

        return model.ToByteArray();
    }

    private static GraphProto Graph(WireReader file, long graphEnd)
    {
        var graph = new GraphProto();
        foreach (var (field, start, _, end) in Fields(file, graphEnd))
        {
            if (field == GraphProto.InitializerFieldNumber)
                graph.Initializer.Add(Tensor(file, end));
            else
                graph.MergeFrom(Bytes(file, start, end));
        }

        return graph;
    }

    private static OnnxTensorProto Tensor(WireReader file, long tensorEnd)
    {
        var tensor = new OnnxTensorProto();
        foreach (var (field, start, value, end) in Fields(file, tensorEnd))
        {
            if (field != OnnxTensorProto.RawDataFieldNumber || end - value < LeastBytes)
            {
                tensor.MergeFrom(Bytes(file, start, end));
                continue;
            }

            tensor.DataLocation = OnnxTensorProto.Types.DataLocation.External;
            tensor.ExternalData.Add([Entry("location", file.Name), Entry("offset", Text(value)), Entry("length", Text(end - value))]);
        }

        return tensor;
    }

    // Where each field starts, where its value does, and where it ends. The reader is at the value when it is of any length.
    private static IEnumerable<(int Field, long Start, long Value, long End)> Fields(WireReader file, long messageEnd)
    {
        while (file.Position < messageEnd)
        {
            var start = file.Position;
            var (field, wireType) = file.ReadTag();
            var value = file.Position;
            if (wireType == WireReader.Delimited)
            {
                var end = file.ReadEnd(messageEnd);
                yield return (field, start, file.Position, end);
                file.SkipTo(end);
            }
            else
            {
                file.Skip(wireType, messageEnd);
                yield return (field, start, value, file.Position);
            }
        }
    }

    private static byte[] Bytes(WireReader file, long start, long end)
    {
        file.SkipTo(start);
        return file.ReadTo(end);
    }

    private static StringStringEntryProto Entry(string key, string value) => new() { Key = key, Value = value };

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
