using System.Globalization;
using ClassifierFunctions.Training.Degradations;
using ScottPlot;

namespace ClassifierFunctions.Training.Evaluation;

/// <summary>The model card's pictures.</summary>
internal static class Plots
{
    private const int Width = 620;
    private const int Height = 420;

    /// <summary>How often each truth was answered with each class.</summary>
    public static void Confusion(int[,] counts, string path)
    {
        string[] classes = [.. Enum.GetNames<Quality>().Select(name => name.ToLowerInvariant())];
        var shares = new double[classes.Length, classes.Length];
        using var plot = new Plot();
        for (var truth = 0; truth < classes.Length; truth++)
        {
            var all = Enumerable.Range(0, classes.Length).Sum(predicted => counts[truth, predicted]);
            for (var predicted = 0; predicted < classes.Length; predicted++)
            {
                var share = shares[truth, predicted] = all == 0 ? 0 : (double)counts[truth, predicted] / all;
                var text = plot.Add.Text(share.ToString("0.0 %", CultureInfo.InvariantCulture), predicted, classes.Length - 1 - truth);
                text.LabelFontColor = share > 0.5 ? Colors.White : Colors.Black;
                text.LabelAlignment = Alignment.MiddleCenter;
            }
        }

        var map = plot.Add.Heatmap(shares);
        map.Colormap = new ScottPlot.Colormaps.Blues().Reversed();
        map.ManualRange = new(0, 1);
        plot.MoveToBack(map);
        plot.HideGrid();
        plot.Axes.Bottom.SetTicks([.. Enumerable.Range(0, classes.Length).Select(i => (double)i)], classes);
        plot.Axes.Left.SetTicks([.. Enumerable.Range(0, classes.Length).Select(i => (double)(classes.Length - 1 - i))], classes);
        plot.XLabel("answer");
        plot.YLabel("truth");
        plot.Title("Answers to photos that training did not see");
        plot.SavePng(path, Width, Height);
    }

    /// <summary>How often answers of some confidence are right.</summary>
    public static void Reliability(IReadOnlyList<(double Confidence, double Accuracy, int Count)> bins, string path)
    {
        using var plot = new Plot();
        var ideal = plot.Add.Line(0, 0, 1, 1);
        ideal.LinePattern = LinePattern.Dashed;
        ideal.Color = Colors.Gray;
        ideal.LegendText = "ideal";
        var line = plot.Add.Scatter(bins.Select(bin => bin.Confidence).ToArray(), bins.Select(bin => bin.Accuracy).ToArray());
        line.LegendText = "measured";
        foreach (var bin in bins)
        {
            var text = plot.Add.Text($"{bin.Count}", bin.Confidence, bin.Accuracy);
            (text.OffsetX, text.OffsetY, text.LabelFontSize) = (6, 6, 11);
        }

        plot.Axes.SetLimits(0.2, 1.05, 0, 1.05);
        plot.XLabel("confidence");
        plot.YLabel("share of right answers");
        plot.Title("Calibration (numbers: pictures in the bin)");
        plot.ShowLegend(Alignment.UpperLeft);
        plot.SavePng(path, Width, Height);
    }

    /// <summary>How the answers move as degradations grow.</summary>
    public static void Strength(IReadOnlyCollection<Answer> answers, string path)
    {
        using var plot = new Plot();
        foreach (var kind in answers.GroupBy(answer => answer.Truth))
        {
            var points = kind.GroupBy(answer => answer.Severity).OrderBy(group => group.Key).ToArray();
            var line = plot.Add.Scatter(points.Select(point => point.Key).ToArray(), points.Select(point => Measures.Accuracy([.. point])).ToArray());
            line.LegendText = $"{kind.Key}".ToLowerInvariant();
        }

        foreach (var limit in (double[])[SeverityScale.GoodBelow, 1])
        {
            var mark = plot.Add.VerticalLine(limit);
            (mark.LinePattern, mark.Color) = (LinePattern.Dotted, Colors.Gray);
        }

        plot.Axes.SetLimits(0, 3.05, -0.03, 1.05);
        plot.XLabel(string.Create(CultureInfo.InvariantCulture, $"severity (good below {SeverityScale.GoodBelow}, bad from 1)"));
        plot.YLabel("share answered with the degradation");
        plot.Title("Answers against strength");
        plot.ShowLegend(Alignment.LowerRight);
        plot.SavePng(path, Width, Height);
    }
}
