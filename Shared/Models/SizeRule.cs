namespace ClassifierFunctions.Models;

/// <summary>How an image processor turns <c>size</c> into the size to resize to.</summary>
internal enum SizeRule
{
    /// <summary>As it is.</summary>
    Plain,

    /// <summary>Below 384, the shortest edge divided by <c>crop_pct</c>, then a crop to <c>size</c>; from 384 on, a square without a crop.</summary>
    ConvNext,

    /// <summary>Divided by <c>crop_pct</c>.</summary>
    PoolFormer,

    /// <summary>The shortest edge times 256/224.</summary>
    Levit,
}
