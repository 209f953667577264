namespace ClassifierFunctions.ModelTool.TensorFlow.Conversion;

/// <summary>An image that SpaceToBatchND took apart.</summary>
/// <param name="Image">As it was.</param>
/// <param name="Block">Phases of height and width.</param>
/// <param name="Height">Padding above and below.</param>
/// <param name="Width">Padding left and right.</param>
internal sealed record SplitImage(
    Operand.Computed Image, (long Height, long Width) Block, (long Before, long After) Height, (long Before, long After) Width)
{
    /// <summary>Whether no convolution was done yet.</summary>
    public bool IsUntouched(Operand.Computed now) => ReferenceEquals(now.Value, Image.Value);
}
