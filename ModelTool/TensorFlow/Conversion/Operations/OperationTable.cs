using System.Collections.Frozen;

namespace ClassifierFunctions.ModelTool.TensorFlow.Conversion.Operations;

/// <summary>Turns a node of TensorFlow whose inputs are converted into ONNX operators, and gives its outputs.</summary>
/// <exception cref="UnsupportedException">What the node asks for cannot be said in ONNX, or is damaged.</exception>
internal delegate IReadOnlyList<Operand> Operation(NodeContext context);

/// <summary>All operations that can be converted, by TensorFlow's names.</summary>
internal static class OperationTable
{
    public static FrozenDictionary<string, Operation> All { get; } = new[]
    {
        SourceOperations.All, ConvolutionOperations.All, PoolingOperations.All, NormalisationOperations.All, ArithmeticOperations.All, UnaryOperations.All,
        MatrixOperations.All, ReductionOperations.All, ShapeOperations.All, JoinOperations.All, SliceOperations.All, PaddingOperations.All, ImageOperations.All,
    }.SelectMany(table => table).ToFrozenDictionary(entry => entry.Name, entry => entry.Convert);
}
