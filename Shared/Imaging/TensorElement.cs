namespace ClassifierFunctions.Imaging;

/// <summary>Element types that an image input may have.</summary>
public enum TensorElement
{
    Float32,
    Float16,
    UInt8,
}
