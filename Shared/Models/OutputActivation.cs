namespace ClassifierFunctions.Models;

/// <summary>What turns a model's raw output into scores from 0 to 1.</summary>
public enum OutputActivation
{
    /// <summary>The graph ends in a softmax or sigmoid: its output is the scores.</summary>
    None,

    /// <summary>The output is logits of classes that exclude each other.</summary>
    Softmax,

    /// <summary>The output is logits of independent classes: <c>problem_type: multi_label_classification</c>.</summary>
    Sigmoid,

    /// <summary>The graph ends in a log-softmax.</summary>
    Exponential,
}
