namespace ClassifierFunctions.Models;

/// <summary>How a model folder describes itself.</summary>
public enum ModelFormat
{
    /// <summary>A Hugging Face image-classification export: <c>config.json</c> beside the ONNX file.</summary>
    HuggingFace,

    /// <summary>An ONNX export of Azure Custom Vision: <c>cvexport.manifest</c>, or metadata that begins with <c>CustomVision.</c>.</summary>
    CustomVision,

    /// <summary>
    /// <c>model.onnx</c>, labels beside it or in it; the preprocessing is what its metadata says (<see cref="ImageMetadata"/>), or ImageNet's is assumed.
    /// </summary>
    Bare,
}
