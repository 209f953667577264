using System.Text.RegularExpressions;
using ClassifierFunctions.ModelTool.TensorFlow.Conversion.Operations;
using ClassifierFunctions.Tests.Support;

namespace ClassifierFunctions.Tests.Unit.ModelTool.TensorFlow.Conversion;

public sealed partial class OperationTableTests
{
    // Not operations to convert, but branches to follow.
    private static readonly string[] ControlFlow = ["Merge", "RefMerge", "RefSwitch", "Switch"];

    [Fact]
    public void All_InDocumentation_IsListed()
    {
        var text = File.ReadAllText(Path.Combine(Repository.Root, "docs", "import.md"));
        var listed = Paragraph().Match(text).Groups[1].Value.Split(',').Select(name => name.Trim(' ', '`', '.', '\n'));
        Assert.Equal(OperationTable.All.Keys.Concat(ControlFlow).Order(StringComparer.Ordinal), listed);
    }

    [GeneratedRegex(@"^Operations: (.*?)\n\n", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Paragraph();
}
