namespace ClassifierFunctions.Tests.Support.TensorFlow.AlexNet;

/// <summary>A convolution or dense layer of AlexNet, with what follows until the next. The last has no ReLU.</summary>
/// <param name="Weights">[height, width, inputs, outputs], or [inputs, outputs].</param>
/// <param name="Spread">Of the weights: they are between minus and plus this.</param>
internal sealed record AlexNetLayer(string Name, int[] Weights, float Spread, int Stride = 1, string Padding = "SAME", bool Normalises = false, bool Pools = false, bool DropsOut = false)
{
    public int Outputs => Weights[^1];

    public bool IsConvolution => Weights.Length == 4;

    public long Parameters => Count(Weights) + Outputs;

    public static long Count(int[] dims) => dims.Aggregate(1L, (product, dim) => product * dim);
}
