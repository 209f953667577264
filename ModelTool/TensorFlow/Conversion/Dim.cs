using System.Globalization;

namespace ClassifierFunctions.ModelTool.TensorFlow.Conversion;

/// <summary>A number in a shape: <paramref name="Factor"/>, or that times the number of images in a run, which only the run knows.</summary>
/// <param name="Factor">The number.</param>
/// <param name="PerImage">Whether it is to be multiplied by the number of images.</param>
internal readonly record struct Dim(long Factor, bool PerImage = false)
{
    /// <summary>The number of images.</summary>
    public static Dim Batch => new(1, PerImage: true);

    /// <summary>The number; null when it depends on the number of images.</summary>
    public long? Known => PerImage ? null : Factor;

    public static implicit operator Dim(long number) => new(number);

    /// <exception cref="UnsupportedException">The square of the number of images, or beyond 64 bits.</exception>
    public static Dim operator *(Dim left, Dim right)
    {
        if (left.PerImage && right.PerImage)
            throw new UnsupportedException("multiplies the number of images by itself");
        // Zero images are no images: what is multiplied by them stays a plain zero.
        var factor = Checked(Math.BigMul(left.Factor, right.Factor));
        return new(factor, factor != 0 && (left.PerImage || right.PerImage));
    }

    /// <exception cref="UnsupportedException">A sum of a number and the number of images is neither.</exception>
    public static Dim operator +(Dim left, Dim right)
        => left.Factor == 0 ? right
            : right.Factor == 0 ? left
            : left.PerImage == right.PerImage ? Normal(Checked((Int128)left.Factor + right.Factor), left.PerImage)
            : throw new UnsupportedException("adds a number to the number of images");

    public static Dim operator -(Dim dim) => new(Checked(-(Int128)dim.Factor), dim.PerImage);

    /// <inheritdoc cref="op_Addition"/>
    public static Dim operator -(Dim left, Dim right) => left + -right;

    /// <summary>Of all of them; 1 of none.</summary>
    /// <inheritdoc cref="op_Multiply"/>
    public static Dim Product(IEnumerable<Dim> dims) => dims.Aggregate(new Dim(1), (product, dim) => product * dim);

    /// <summary>The quotient if it is exact, else null.</summary>
    public Dim? DividedBy(Dim divisor)
        => divisor.Factor != 0 && Factor % divisor.Factor == 0 && (PerImage || !divisor.PerImage)
            ? new(Factor / divisor.Factor, PerImage && !divisor.PerImage)
            : null;

    public override string ToString()
        => PerImage ? Factor == 1 ? "N" : string.Create(CultureInfo.InvariantCulture, $"{Factor}N") : Factor.ToString(CultureInfo.InvariantCulture);

    private static Dim Normal(long factor, bool perImage) => new(factor, perImage && factor != 0);

    private static long Checked(Int128 number)
        => number >= long.MinValue && number <= long.MaxValue ? (long)number : throw new UnsupportedException("makes a number beyond 64 bits");
}
