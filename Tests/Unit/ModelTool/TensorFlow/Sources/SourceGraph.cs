using ClassifierFunctions.ModelTool.TensorFlow;
using Google.Protobuf;

namespace ClassifierFunctions.Tests.Unit.ModelTool.TensorFlow.Sources;

/// <summary>A small graph with what is around it in files, written as TensorFlow writes them.</summary>
internal sealed class SourceGraph
{
    public static AttrValue Float { get; } = Type(DataType.DtFloat);

    public MetaGraphDef Meta { get; } = new() { MetaInfoDef = new() { TensorflowVersion = "1.15.0" }, GraphDef = new() { Library = new() } };

    public static AttrValue Text(string text) => new() { S = ByteString.CopyFromUtf8(text) };

    public static AttrValue Type(DataType type) => new() { Type = type };

    public static AttrValue Types(params DataType[] types) => new() { List = new() { Type = { types } } };

    public static AttrValue Int(long number) => new() { I = number };

    public static AttrValue Ints(params long[] numbers) => new() { List = new() { I = { numbers } } };

    public static AttrValue Bool(bool value) => new() { B = value };

    public static AttrValue Shape(params long[] sizes) => new() { Shape = ShapeOf(sizes) };

    public static AttrValue Shapes(params long[][] shapes) => new() { List = new() { Shape = { shapes.Select(ShapeOf) } } };

    public static AttrValue Parameter(string name) => new() { Placeholder = name };

    public static AttrValue Call(string function, params (string Name, AttrValue Value)[] attributes)
        => new() { Func = new NameAttrList { Name = function, Attr = { attributes.ToDictionary(pair => pair.Name, pair => pair.Value) } } };

    public static TensorShapeProto ShapeOf(params long[] sizes)
        => new() { Dim = { sizes.Select(size => new TensorShapeProto.Types.Dim { Size = size }) } };

    public static NodeDef Node(string op, string name, string[] inputs, params (string Name, AttrValue Value)[] attributes)
        => new() { Op = op, Name = name, Input = { inputs }, Attr = { attributes.ToDictionary(pair => pair.Name, pair => pair.Value) } };

    public static NodeDef Floats(string name, long[] sizes, params float[] values)
        => Constant(name, new() { Dtype = DataType.DtFloat, TensorShape = ShapeOf(sizes), FloatVal = { values } });

    public static NodeDef Integers(string name, params int[] values)
        => Constant(name, new() { Dtype = DataType.DtInt32, TensorShape = ShapeOf(values.Length), IntVal = { values } });

    public static NodeDef Texts(string name, params string[] values)
        => Constant(
            name, new() { Dtype = DataType.DtString, TensorShape = ShapeOf(values.Length), StringVal = { values.Select(ByteString.CopyFromUtf8) } });

    public static NodeDef Constant(string name, TensorProto tensor)
        => Node("Const", name, [], ("dtype", Type(tensor.Dtype)), ("value", new AttrValue { Tensor = tensor }));

    /// <param name="name">Of the argument, with its type after a colon when that is an attribute: <c>x</c> or <c>x:T</c>.</param>
    public static OpDef.Types.ArgDef Argument(string name) => name.Split(':') is [var own, var attribute]
        ? new() { Name = own, TypeAttr = attribute }
        : new() { Name = name, Type = DataType.DtFloat };

    public SourceGraph Add(params NodeDef[] nodes)
    {
        Meta.GraphDef.Node.Add(nodes);
        return this;
    }

    public SourceGraph AddInput(string name) => Add("Placeholder", name, []);

    public SourceGraph Add(string op, string name, string[] inputs, params (string Name, AttrValue Value)[] attributes)
        => Add(Node(op, name, inputs, attributes));

    /// <param name="outputs">What the function returns: name and, in the body's terms, which output that is.</param>
    public FunctionDef AddFunction(string name, string[] inputs, (string Name, string Source)[] outputs, params NodeDef[] body)
    {
        var function = new FunctionDef
        {
            Signature = new()
            {
                Name = name,
                InputArg = { inputs.Select(Argument) },
                OutputArg = { outputs.Select(output => Argument(output.Name)) },
            },
            NodeDef = { body },
            Ret = { outputs.ToDictionary(output => output.Name.Split(':')[0], output => output.Source) },
        };
        Meta.GraphDef.Library.Function.Add(function);
        return function;
    }

    /// <summary>The signature of an operation: arguments as in <see cref="Argument"/>, attributes as <c>name:type</c>.</summary>
    public SourceGraph AddOp(string name, string[] inputs, string[] outputs, params string[] attributes)
    {
        Meta.MetaInfoDef.StrippedOpList ??= new();
        Meta.MetaInfoDef.StrippedOpList.Op.Add(new OpDef
        {
            Name = name,
            InputArg = { inputs.Select(Argument) },
            OutputArg = { outputs.Select(Argument) },
            Attr = { attributes.Select(attribute => new OpDef.Types.AttrDef { Name = attribute.Split(':')[0], Type = attribute.Split(':')[1] }) },
        });
        return this;
    }

    /// <summary>What tf.train.Saver adds: a variable is restored from the tensor of that name in the checkpoint, or from a slice of it.</summary>
    public SourceGraph AddSaver(params (string Variable, string Tensor, string Slice)[] restored)
    {
        Add(Texts("save/Const", "model"));
        Add(Texts("save/names", [.. restored.Select(one => one.Tensor)]), Texts("save/slices", [.. restored.Select(one => one.Slice)]));
        var types = Types([.. restored.Select(_ => DataType.DtFloat)]);
        Add("RestoreV2", "save/RestoreV2", ["save/Const", "save/names", "save/slices"], ("dtypes", types));
        for (var i = 0; i < restored.Length; i++)
            Add("Assign", $"save/Assign_{i}", [restored[i].Variable, i == 0 ? "save/RestoreV2" : $"save/RestoreV2:{i}"], ("T", Float));
        Add("NoOp", "save/restore_all", [.. restored.Select((_, index) => $"^save/Assign_{index}")]);
        Meta.SaverDef = new() { RestoreOpName = "save/restore_all", FilenameTensorName = "save/Const:0" };
        return this;
    }

    public SourceGraph AddVariable(string name, params long[] sizes) => Add("VariableV2", name, [], ("dtype", Float), ("shape", Shape(sizes)));

    public void WriteMeta(string prefix) => File.WriteAllBytes(prefix + ".meta", Meta.ToByteArray());

    public string WriteGraph(string path)
    {
        File.WriteAllBytes(path, Meta.GraphDef.ToByteArray());
        return path;
    }

    public string WriteSavedModel(string folder, params string[] tags)
    {
        Meta.MetaInfoDef.Tags.Add(tags);
        Directory.CreateDirectory(folder);
        var saved = new SavedModel { SavedModelSchemaVersion = 1, MetaGraphs = { Meta } };
        File.WriteAllBytes(Path.Combine(folder, "saved_model.pb"), saved.ToByteArray());
        return folder;
    }
}
