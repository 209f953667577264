using ClassifierFunctions.Training.Degradations;

namespace ClassifierFunctions.Tests.Training.Degradations;

public sealed class RecipeSamplerTests
{
    private const int Draws = 20_000;

    private static readonly Recipe[] Recipes = Draw(1);

    private static readonly Quality[] Bad = [Quality.Blurred, Quality.Dark, Quality.Overexposed, Quality.Noisy];

    [Fact]
    public void Next_Classes_AreAboutAsOftenAsMeant()
    {
        AssertShare(0.32, Recipes.Count(recipe => recipe.Quality == Quality.Good), Draws);
        foreach (var quality in Bad)
            AssertShare(0.17, Recipes.Count(recipe => recipe.Quality == quality), Draws);
    }

    [Fact]
    public void Next_BadOnes_AreBetweenTheLimitOfGoodAndTheStrongest()
    {
        // From the comment of SeverityScale: sigma 7.5 of 2.5, -5 of -2.5 stops, +4 of 2 stops, sigma 75 of 30.
        foreach (var (quality, strongest) in Bad.Zip([3, 2, 2, 2.5]))
        {
            var severities = Recipes.Where(recipe => recipe.Quality == quality).Select(recipe => recipe.Severity).ToArray();
            Assert.All(severities, severity => Assert.InRange(severity, 0.5, strongest));
            AssertShare(0.15, severities.Count(severity => severity < 1), severities.Length);
            Assert.True(severities.Max() > 0.97 * strongest && severities.Min() < 0.52);
        }
    }

    [Fact]
    public void Next_GoodOnes_HaveNoFaultThatCounts()
    {
        foreach (var recipe in Recipes.Where(recipe => recipe.Quality == Quality.Good))
        {
            Assert.All(Faults(recipe), fault => Assert.InRange(fault, 0, 0.5));
            // At most the one that comes close to the limit is above what company may have.
            Assert.True(Faults(recipe).Count(fault => fault > 0.4) <= 1);
        }

        Assert.Contains(Recipes, recipe => recipe.Quality == Quality.Good && Faults(recipe).All(fault => fault == 0));
        Assert.All(Bad, quality => Assert.Contains(Recipes, recipe => recipe.Quality == Quality.Good && Faults(recipe)[(int)quality - 1] > 0.45));
    }

    [Fact]
    public void Next_CompanyOfBadOnes_StaysWeak()
    {
        foreach (var quality in Bad)
        {
            var companies = Recipes.Where(recipe => recipe.Quality == quality)
                .SelectMany(recipe => Faults(recipe).Where((_, i) => i != (int)quality - 1)).Where(fault => fault > 0).ToArray();
            Assert.NotEmpty(companies);
            Assert.All(companies, company => Assert.InRange(company, 0, 0.4));
        }
    }

    [Fact]
    public void Next_Any_IsNeverDarkAndOverexposedAtOnce()
        => Assert.DoesNotContain(Recipes, recipe => recipe.Darkening > 0 && recipe.Overexposure > 0);

    [Fact]
    public void Next_Kinds_AllOccurAboutAsOften()
    {
        foreach (var kind in Enum.GetValues<BlurKind>())
            AssertShare(kind == BlurKind.Motion ? 0.5 : 0.25, Recipes.Count(recipe => recipe.BlurKind == kind), Draws);
        foreach (var kind in Enum.GetValues<NoiseKind>())
            AssertShare(0.25, Recipes.Count(recipe => recipe.NoiseKind == kind), Draws);
        Assert.All(Recipes, recipe => Assert.InRange(recipe.Angle, 0, Math.PI));
    }

    [Fact]
    public void Next_Compressions_AreNoneToTwoOfTheScale()
    {
        AssertShare(0.08, Recipes.Count(recipe => recipe.Compressions.Count == 0), Draws);
        AssertShare(0.30, Recipes.Count(recipe => recipe.Compressions.Count == 2), Draws);
        var all = Recipes.SelectMany(recipe => recipe.Compressions).ToArray();
        Assert.All(all, step => Assert.InRange(step.Quality, 30, 96));
        AssertShare(0.75, all.Count(step => step.HalvesColour), all.Length);
    }

    [Fact]
    public void Next_SameSeed_GivesTheSame()
    {
        Assert.Equal(Recipes.Take(200).Select(Text), Draw(1).Take(200).Select(Text));
        Assert.NotEqual(Recipes.Take(200).Select(Text), Draw(2).Take(200).Select(Text));
    }

    private static Recipe[] Draw(int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, Draws).Select(_ => RecipeSampler.Next(random))];
    }

    private static double[] Faults(Recipe recipe) => [recipe.Blur, recipe.Darkening, recipe.Overexposure, recipe.Noise];

    private static string Text(Recipe recipe) => $"{recipe with { Compressions = [] }} {string.Join(" ", recipe.Compressions)}";

    // Within five standard errors.
    private static void AssertShare(double share, int count, int all)
        => Assert.Equal(share, (double)count / all, 5 * Math.Sqrt(share * (1 - share) / all));
}
