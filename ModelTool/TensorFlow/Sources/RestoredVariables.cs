using System.Globalization;
using System.Text;
using Google.Protobuf;

namespace ClassifierFunctions.ModelTool.TensorFlow.Sources;

/// <summary>
/// Which tensor of the checkpoint belongs to which variable, as the graph itself says: the operation that restores (saver_def.restore_op_name) waits
/// for assignments, and what they assign comes from RestoreV2 (tensorflow/python/training/saver.py).
/// </summary>
internal static class RestoredVariables
{
    /// <returns>By name of the variable's node; empty when nothing restores.</returns>
    /// <exception cref="ImportException">The operation is not there, or two variables have the same tensor.</exception>
    public static Dictionary<string, VariableKey> Find(string file, SaverDef? saver, IReadOnlyDictionary<string, NodeDef> nodes)
    {
        var found = new Dictionary<string, VariableKey>();
        var variables = new Dictionary<(string Name, string? Slice), string>();
        var restoring = saver is { RestoreOpName.Length: > 0 } ? Upwards(file, saver.RestoreOpName, nodes) : nodes.Values;
        foreach (var assign in restoring.Where(node => node.Op is "Assign" or "AssignVariableOp" && node.Input.Count >= 2))
        {
            if (Source(assign, 0, nodes).Node is not { } variable || !VariableMap.IsVariable(variable) || Key(file, assign, nodes) is not { } key)
                continue;
            if (!found.TryAdd(variable.Name, key))
            {
                // Without a saver named: any that agree.
                var before = found[variable.Name].Name;
                if (before != key.Name || saver is { RestoreOpName.Length: > 0 })
                    throw new ImportException($"{file} is damaged: variable {variable.Name} is restored twice, from {before} and {key.Name}.");
                continue;
            }

            var slice = key.Slice is { } part ? string.Join(':', part.Extents) : null;
            if (!variables.TryAdd((key.Name, slice), variable.Name))
            {
                throw new ImportException(
                    $"{file} is damaged: variables {variables[(key.Name, slice)]} and {variable.Name} are both restored from {key.Name}.");
            }
        }

        return found;
    }

    private static IEnumerable<NodeDef> Upwards(string file, string operation, IReadOnlyDictionary<string, NodeDef> nodes)
    {
        if (NodeInput.Parse(operation) is not { } restore || !nodes.ContainsKey(restore.Node))
            throw new ImportException($"{file} is damaged: its saver restores with {operation}, which is no node of the graph.");
        var seen = new HashSet<string> { restore.Node };
        var left = new Stack<string>(seen);
        while (left.TryPop(out var next))
        {
            yield return nodes[next];
            foreach (var text in nodes[next].Input)
            {
                if (seen.Add(NodeInput.Parse(text)!.Value.Node))
                    left.Push(NodeInput.Parse(text)!.Value.Node);
            }
        }
    }

    // What an input is in the end, past what passes it on.
    private static (NodeDef? Node, int Port, bool IsReshaped) Source(NodeDef node, int input, IReadOnlyDictionary<string, NodeDef> nodes)
    {
        var isReshaped = false;
        while (input < node.Input.Count && NodeInput.Parse(node.Input[input]) is { IsControl: false } next)
        {
            node = nodes[next.Node];
            isReshaped |= node.Op == "Reshape";
            input = node.Op == "IdentityN" ? next.Port : 0;
            if (node.Op is not ("Identity" or "IdentityN" or "Reshape" or "RefIdentity" or "Switch" or "RefSwitch"))
                return (node, next.Port, isReshaped);
        }

        return (null, 0, false);
    }

    private static VariableKey? Key(string file, NodeDef assign, IReadOnlyDictionary<string, NodeDef> nodes)
    {
        var (restore, port, isReshaped) = Source(assign, 1, nodes);
        if (restore is not { Op: "RestoreV2" })
            return null;
        var prefix = $"{file} is damaged: node {restore.Name} ({restore.Op})";
        if (Text(restore, 1, port, nodes) is not { Length: > 0 } name || Text(restore, 2, port, nodes) is not { } slice)
            throw new ImportException($"{prefix} does not say which tensor of the checkpoint its output {port} is.");
        var part = VariableSlice.Parse(slice);
        return part is null && slice.Length > 0
            ? throw new ImportException($"{prefix} reads \"{slice}\" of {name}, which is no part of a tensor.")
            : new(name, part, isReshaped);
    }

    // A constant's last text stands for all that follow.
    private static string? Text(NodeDef restore, int input, int index, IReadOnlyDictionary<string, NodeDef> nodes)
        => Source(restore, input, nodes).Node is { Op: "Const" } constant
            && constant.Attr.GetValueOrDefault("value")?.Tensor is { StringVal.Count: > 0 } texts
            && index < Math.Max(texts.StringVal.Count, texts.TensorShape?.Dim.Aggregate(1L, (product, dim) => unchecked(product * dim.Size)) ?? 1)
            ? texts.StringVal[Math.Min(index, texts.StringVal.Count - 1)].ToStringUtf8()
            : null;
}
