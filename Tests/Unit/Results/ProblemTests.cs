using ClassifierFunctions.Results;

namespace ClassifierFunctions.Tests.Unit.Results;

public sealed class ProblemTests
{
    [Fact]
    public void From_EveryError_HasItsOwnTypeAndAnErrorStatus()
    {
        var problems = Enum.GetValues<ClassifierError>().Select(error => Problem.From(error, "what to do")).ToArray();

        Assert.All(problems, problem => Assert.InRange(problem.Status, 400, 599));
        Assert.Equal(problems.Length, problems.Select(problem => problem.Type).Distinct().Count());
        Assert.All(problems, problem => Assert.StartsWith("urn:classifier-functions:", problem.Type, StringComparison.Ordinal));
    }
}
