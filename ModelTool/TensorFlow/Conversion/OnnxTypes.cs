using ClassifierFunctions.Models.Onnx;

namespace ClassifierFunctions.ModelTool.TensorFlow.Conversion;

/// <summary>TensorFlow's element types as ONNX has them here: all floats as float32.</summary>
internal static class OnnxTypes
{
    /// <summary>The type that values of <paramref name="type"/> have in the graph in the making.</summary>
    public static DataType Widened(DataType type)
        => type is DataType.DtDouble or DataType.DtHalf or DataType.DtBfloat16 ? DataType.DtFloat : type;

    /// <exception cref="UnsupportedException">ONNX has it, but not its operators on images; or it is no number.</exception>
    public static OnnxElement Of(DataType type) => Widened(type) switch
    {
        DataType.DtFloat => OnnxElement.Float32,
        DataType.DtInt32 => OnnxElement.Int32,
        DataType.DtInt64 => OnnxElement.Int64,
        DataType.DtUint8 => OnnxElement.UInt8,
        DataType.DtInt8 => OnnxElement.Int8,
        DataType.DtBool => OnnxElement.Bool,
        _ => throw new UnsupportedException($"computes with {Describe.Type(type)}"),
    };
}
