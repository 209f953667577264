namespace ClassifierFunctions.ModelTool.TensorFlow.Sources;

/// <summary>Where a checkpoint has a variable.</summary>
/// <param name="Name">Of a tensor in the checkpoint.</param>
/// <param name="Slice">The part of it that the variable is; null when it is all of it.</param>
/// <param name="IsReshaped">Whether it is given the variable's shape after reading.</param>
internal sealed record VariableKey(string Name, VariableSlice? Slice, bool IsReshaped);
