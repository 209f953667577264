namespace ClassifierFunctions.ModelTool.TensorFlow.Sources;

/// <summary>Nodes by name, with inputs in the one form that <see cref="NodeInput"/> writes; every input names a node that is there.</summary>
internal static class FlatGraph
{
    /// <param name="file">For messages.</param>
    /// <param name="all">As they were read, without calls; they are changed.</param>
    /// <exception cref="ImportException">A name is missing or there twice, an input names nothing, or the graph has a cycle.</exception>
    public static Dictionary<string, NodeDef> Build(string file, IReadOnlyCollection<NodeDef> all, OpSchemas schemas)
    {
        var nodes = new Dictionary<string, NodeDef>(all.Count);
        foreach (var node in all)
        {
            if (node.Name.Length == 0 || node.Op.Length == 0)
                throw Damaged(file, node, $"is number {nodes.Count}, and has no {(node.Name.Length == 0 ? "name" : "op")}");
            if (!nodes.TryAdd(node.Name, node))
                throw new ImportException($"{file} is damaged: it has two nodes {node.Name}.");
            Normalise(file, node);
        }

        CheckInputs(file, nodes, schemas);
        CheckCycles(file, nodes);
        return nodes;
    }

    private static ImportException Damaged(string file, NodeDef node, string what) => new($"{file} is damaged: node {node.Name} ({node.Op}) {what}.");

    private static IEnumerable<string> Producers(NodeDef node, Dictionary<string, NodeDef> nodes)
        => node.Input.Select(text => NodeInput.Parse(text)!.Value.Node).Where(name => nodes[name].Op is not ("NextIteration" or "RefNextIteration"));

    private static void Normalise(string file, NodeDef node)
    {
        var isControlSeen = false;
        for (var i = 0; i < node.Input.Count; i++)
        {
            if (NodeInput.Parse(node.Input[i]) is not { } input)
                throw Damaged(file, node, $"has input {i} \"{node.Input[i]}\", which is no name of an output");
            if (isControlSeen && !input.IsControl)
                throw Damaged(file, node, $"has input {input} after control inputs");
            isControlSeen |= input.IsControl;
            node.Input[i] = input.ToString();
        }
    }

    private static void CheckInputs(string file, Dictionary<string, NodeDef> nodes, OpSchemas schemas)
    {
        var outputs = new Dictionary<string, long?>();
        foreach (var node in nodes.Values)
        {
            foreach (var text in node.Input)
            {
                var input = NodeInput.Parse(text)!.Value;
                if (!nodes.TryGetValue(input.Node, out var producer))
                    throw Damaged(file, node, $"has input {text}, which names no node of the graph");
                if (input.IsControl)
                    continue;
                if (!outputs.TryGetValue(input.Node, out var count))
                    outputs.Add(input.Node, count = schemas.Outputs(producer)?.Sum(output => output.Count));
                if (input.Port >= count)
                    throw Damaged(file, node, $"wants output {input.Port} of {input.Node} ({producer.Op}), which has {count}");
            }
        }
    }

    // Takes away what waits for nothing until nothing is left, or only what waits for itself. Loops go round through NextIteration, and may.
    private static void CheckCycles(string file, Dictionary<string, NodeDef> nodes)
    {
        var consumers = new Dictionary<string, List<string>>(nodes.Count);
        var waitsFor = new Dictionary<string, int>(nodes.Count);
        var ready = new Queue<string>();
        foreach (var node in nodes.Values)
        {
            var producers = Producers(node, nodes).ToList();
            waitsFor[node.Name] = producers.Count;
            if (producers.Count == 0)
                ready.Enqueue(node.Name);
            foreach (var producer in producers)
                (consumers.TryGetValue(producer, out var list) ? list : consumers[producer] = []).Add(node.Name);
        }

        var done = 0;
        for (; ready.TryDequeue(out var name); done++)
        {
            foreach (var consumer in consumers.GetValueOrDefault(name) ?? [])
            {
                if (--waitsFor[consumer] == 0)
                    ready.Enqueue(consumer);
            }
        }

        if (done == nodes.Count)
            return;
        // Backwards from any that still waits: what comes twice is on a cycle.
        var seen = new HashSet<string>();
        var at = waitsFor.First(pair => pair.Value > 0).Key;
        while (seen.Add(at))
            at = Producers(nodes[at], nodes).First(name => waitsFor[name] > 0);
        throw Damaged(file, nodes[at], "is among its own inputs");
    }
}
