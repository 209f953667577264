using System.Text;
using ClassifierFunctions.ModelTool.TensorFlow;
using ClassifierFunctions.ModelTool.TensorFlow.Sources;
using ClassifierFunctions.Tests.Support;
using Google.Protobuf;

namespace ClassifierFunctions.Tests.Unit.ModelTool.TensorFlow.Sources;

/// <summary>Bytes flipped anywhere in a .meta: an error, or what inference needs is exactly what it was.</summary>
public sealed class MetaMutationTests : SourceTestsBase
{
    private const int Tries = 350;

    [Theory]
    [InlineData("dogs-cats-v3/dogs-cats-model-v3", "y_pred", 1)]
    [InlineData("cifar10-cnn/model.ckpt", "Softmax", 2)]
    [InlineData("lenet-keras/model_small", "output_tensor/Softmax", 3)]
    public void Open_FlippedBytes_FailsOrIsAsBefore(string name, string output, int seed)
    {
        var real = TestData.Path("tf1", name);
        foreach (var file in Directory.GetFiles(Path.GetDirectoryName(real)!, Path.GetFileName(real) + ".*"))
            File.WriteAllBytes(Prefix + file[real.Length..], File.ReadAllBytes(file));
        var meta = File.ReadAllBytes(real + ".meta");
        string before;
        using (var model = TensorFlowModel.Open(Prefix))
            before = Inference(model, output);
        var random = new Random(seed);
        var failures = 0;
        for (var i = 0; i < Tries; i++)
        {
            var damaged = meta.ToArray();
            for (var flips = random.Next(1, 4); flips > 0; flips--)
                damaged[random.Next(damaged.Length)] ^= (byte)random.Next(1, 256);
            File.WriteAllBytes(Prefix + ".meta", damaged);
            try
            {
                using var model = TensorFlowModel.Open(Prefix);
                Assert.Equal(before, Inference(model, output));
                model.Verify(model.Nodes.Keys);
            }
            catch (ImportException failure)
            {
                Assert.Contains(Prefix, failure.Message, StringComparison.Ordinal);
                failures++;
            }
        }

        Assert.InRange(failures, Tries / 2, Tries);
    }

    /// <summary>All that a model's results depend on, after it was verified.</summary>
    private string Inference(TensorFlowModel model, string output)
    {
        var needed = new SortedSet<string>(StringComparer.Ordinal);
        var left = new Stack<string>([model.Nodes.ContainsKey(output) ? output : throw new ImportException($"{Prefix} has no {output}.")]);
        while (left.TryPop(out var name))
        {
            if (needed.Add(name))
                model.Nodes[name].Input.Where(input => !input.StartsWith('^')).ToList().ForEach(input => left.Push(input.Split(':')[0]));
        }

        model.Verify(needed);
        var text = new StringBuilder();
        foreach (var node in needed.Select(name => model.Nodes[name]))
        {
            text.AppendLine($"{node.Op} {node.Name} {string.Join(' ', node.Input.Where(input => !input.StartsWith('^')))}");
            // The others say where and how TensorFlow runs it.
            var values = node.Attr.Where(pair => !pair.Key.StartsWith('_') && pair.Key is not ("container" or "shared_name" or "use_cudnn_on_gpu"));
            foreach (var (name, value) in values)
                text.AppendLine($"{name} {value.ToByteString().ToBase64()}");
            if (VariableMap.IsVariable(node))
                text.AppendLine(Convert.ToHexString(model.ReadVariable(node).Bytes.Span[..8]));
        }

        return text.ToString();
    }
}
