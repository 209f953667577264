namespace ClassifierFunctions.Models;

/// <summary>How a model folder describes itself.</summary>
public enum ModelFormat
{
    /// <summary>A Hugging Face image-classification export: <c>config.json</c> beside the ONNX file.</summary>
    HuggingFace,

    /// <summary><c>model.onnx</c> and <c>labels.txt</c>; ImageNet preprocessing is assumed.</summary>
    Bare,
}
