namespace ClassifierFunctions.Tests.Support;

/// <summary>How far two pictures are apart, in steps of 255.</summary>
internal sealed record Difference(double Mean, int Percentile999, int Max)
{
    public override string ToString() => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Mean:0.00}, {Percentile999}, {Max}");

    public static Difference Between(ReadOnlySpan<byte> actual, ReadOnlySpan<byte> expected)
    {
        Assert.Equal(expected.Length, actual.Length);
        var differences = new int[actual.Length];
        for (var i = 0; i < differences.Length; i++)
            differences[i] = Math.Abs(actual[i] - expected[i]);
        Array.Sort(differences);
        return new Difference(differences.Average(), differences[(int)(differences.Length * 0.999)], differences[^1]);
    }
}
