namespace ClassifierFunctions.Tests.Load;

internal static class Statistics
{
    /// <summary>The value that the given share lies below (nearest rank); not a number when there are none.</summary>
    public static double Quantile(IReadOnlyCollection<double> values, double share)
        => values.Count == 0 ? double.NaN : values.Order().ElementAt(Math.Min((int)(share * values.Count), values.Count - 1));

    public static double Median(IReadOnlyCollection<double> values) => Quantile(values, 0.5);

    /// <summary>The straight line through points by ordinary least squares.</summary>
    /// <returns>Its slope, and the slope's standard error if the points' errors were independent.</returns>
    public static (double Slope, double Error) Line(IReadOnlyList<(double X, double Y)> points)
    {
        var (meanX, meanY) = (points.Average(point => point.X), points.Average(point => point.Y));
        var sumXx = points.Sum(point => (point.X - meanX) * (point.X - meanX));
        var slope = points.Sum(point => (point.X - meanX) * (point.Y - meanY)) / sumXx;
        var rest = points.Select(point => point.Y - meanY - (slope * (point.X - meanX))).Sum(error => error * error);
        return (slope, Math.Sqrt(rest / (points.Count - 2) / sumXx));
    }
}
