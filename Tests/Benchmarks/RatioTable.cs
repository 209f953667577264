using System.Globalization;
using System.Text;
using BenchmarkDotNet.Reports;

namespace ClassifierFunctions.Benchmarks;

/// <summary>A run as Markdown: per photo the baseline's time, and how many times as long each other way took. Empty when the baseline did not run.</summary>
internal static class RatioTable
{
    public static string Of(Summary summary)
    {
        var byPhoto = summary.Reports
            .Where(report => report.ResultStatistics is not null)
            .GroupBy(report => report.BenchmarkCase.Parameters.Items.Count > 0 ? (string)report.BenchmarkCase.Parameters.Items[0].Value : "")
            .ToArray();
        var others = summary.BenchmarksCases.Where(item => !item.Descriptor.Baseline).Select(item => item.Descriptor.WorkloadMethod.Name).Distinct().ToArray();
        if (summary.BenchmarksCases.FirstOrDefault(item => item.Descriptor.Baseline)?.Descriptor.WorkloadMethod.Name is not { } baseline)
            return "";
        var table = new StringBuilder().AppendLine(CultureInfo.InvariantCulture, $"| photo | {baseline}, ms | {string.Join(" | ", others)} |")
            .AppendLine(CultureInfo.InvariantCulture, $"|---|---|{string.Concat(Enumerable.Repeat("---|", others.Length))}");
        var ratios = others.ToDictionary(name => name, _ => new List<double>());
        foreach (var photo in byPhoto)
        {
            // Medians: a neighbour on the machine disturbs some iterations, not most.
            var times = photo.ToDictionary(report => report.BenchmarkCase.Descriptor.WorkloadMethod.Name, report => report.ResultStatistics!.Median);
            var ours = times[baseline];
            foreach (var other in others)
                ratios[other].Add(times[other] / ours);
            table.AppendLine(CultureInfo.InvariantCulture, $"| {photo.Key} | {ours / 1e6:0.00} | {string.Join(" | ", others.Select(other => Ratio(times[other] / ours)))} |");
        }

        return table.AppendLine(CultureInfo.InvariantCulture, $"| **geometric mean** | | {string.Join(" | ", others.Select(other => Ratio(GeometricMean(ratios[other]))))} |").ToString();
    }

    private static string Ratio(double value) => value.ToString("0.00", CultureInfo.InvariantCulture);

    private static double GeometricMean(IEnumerable<double> values) => Math.Exp(values.Average(Math.Log));
}
