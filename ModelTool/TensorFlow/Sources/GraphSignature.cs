namespace ClassifierFunctions.ModelTool.TensorFlow.Sources;

/// <summary>What a SavedModel says can be asked of it.</summary>
/// <param name="Name">Such as serving_default.</param>
/// <param name="Inputs">By the signature's own names: <c>node</c> or <c>node:port</c>.</param>
/// <param name="Outputs">Likewise.</param>
internal sealed record GraphSignature(string Name, IReadOnlyDictionary<string, string> Inputs, IReadOnlyDictionary<string, string> Outputs)
{
    /// <summary>The signatures with outputs, by name. Tensors that are no single output of a node (sparse ones) are left out.</summary>
    /// <exception cref="ImportException">One names what the graph does not have.</exception>
    public static IEnumerable<GraphSignature> Read(string file, MetaGraphDef meta, IReadOnlyDictionary<string, NodeDef> nodes)
        => from pair in meta.SignatureDef.OrderBy(pair => pair.Key, StringComparer.Ordinal)
            where pair.Value.Outputs.Values.Any(output => output.Name.Length > 0) && !IsInitialisation(pair.Key)
            let inputs = Tensors(file, pair.Key, pair.Value.Inputs, nodes)
            let outputs = Tensors(file, pair.Key, pair.Value.Outputs, nodes)
            select new GraphSignature(pair.Key, inputs, outputs);

    // TensorFlow's own, run once after loading.
    private static bool IsInitialisation(string name) => name.StartsWith("__saved_model", StringComparison.Ordinal);

    private static Dictionary<string, string> Tensors(
        string file, string signature, IEnumerable<KeyValuePair<string, TensorInfo>> tensors, IReadOnlyDictionary<string, NodeDef> nodes)
        => tensors.Where(pair => pair.Value.Name.Length > 0).OrderBy(pair => pair.Key, StringComparer.Ordinal).ToDictionary(
            pair => pair.Key,
            pair => NodeInput.Parse(pair.Value.Name) is { IsControl: false } tensor && nodes.ContainsKey(tensor.Node) ? tensor.ToString()
                : throw new ImportException(
                    $"{file} is damaged: {pair.Key} of signature {signature} is {pair.Value.Name}, which is no output of a node."));
}
