namespace ClassifierFunctions.ModelTool.Verify;

/// <summary>How a check ended.</summary>
internal enum CheckOutcome
{
    Ok,

    /// <summary>The app serves the model, but somebody should look at this.</summary>
    Warning,

    Failed,
}
