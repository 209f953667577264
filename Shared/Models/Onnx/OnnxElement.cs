namespace ClassifierFunctions.Models.Onnx;

/// <summary>Element types of tensors, with the numbers of TensorProto.DataType in onnx.proto.</summary>
internal enum OnnxElement
{
    Float32 = 1,
    UInt8 = 2,
    Int8 = 3,
    Int32 = 6,
    Int64 = 7,
    Bool = 9,
    Float16 = 10,
    Float64 = 11,
}
