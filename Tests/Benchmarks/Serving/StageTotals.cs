using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace ClassifierFunctions.Benchmarks.Serving;

/// <summary>Adds up what answers say in <c>Server-Timing</c>, by stage.</summary>
internal sealed class StageTotals
{
    private readonly SortedDictionary<string, double> _milliseconds = new(StringComparer.Ordinal);
    private int _answers;

    /// <param name="serverTiming">As in <c>decode;dur=2.41, inference;dur=8.30</c>.</param>
    public void Add(ReadOnlySpan<byte> serverTiming)
    {
        lock (_milliseconds)
        {
            _answers++;
            foreach (var range in serverTiming.Split((byte)','))
            {
                var stage = serverTiming[range].Trim((byte)' ');
                if (stage.IndexOf(";dur="u8) is not (> 0 and var name) || !Utf8Parser.TryParse(stage[(name + 5)..], out double duration, out _))
                    continue;
                var key = Encoding.ASCII.GetString(stage[..name]);
                _milliseconds[key] = _milliseconds.GetValueOrDefault(key) + duration;
            }
        }
    }

    /// <summary>Mean milliseconds of each stage.</summary>
    public override string ToString() => string.Join(", ", _milliseconds.Select(stage =>
        string.Create(CultureInfo.InvariantCulture, $"{stage.Key} {stage.Value / Math.Max(_answers, 1):0.00}")));
}
