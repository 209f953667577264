using ClassifierFunctions.Training.Degradations;
using ClassifierFunctions.Training.Evaluation;

namespace ClassifierFunctions.Tests.Training.Evaluation;

public sealed class TestRecipesTests
{
    [Fact]
    public void ForAccuracy_Photo_HasWeakFaultsAsGoodAndModerateOnesAsBad()
    {
        var random = new Random(1);
        for (var photo = 0; photo < 200; photo++)
        {
            var recipes = TestRecipes.ForAccuracy(random).ToArray();
            Assert.Equal([5, 3, 3, 3, 3], Enum.GetValues<Quality>().Select(quality => recipes.Count(recipe => recipe.Quality == quality)));
            foreach (var recipe in recipes)
            {
                double[] faults = [recipe.Blur, recipe.Darkening, recipe.Overexposure, recipe.Noise];
                Assert.True(faults.Count(fault => fault > 0) <= 1);
                Assert.InRange(faults.Max(), recipe.Quality == Quality.Good ? 0 : 1, recipe.Quality == Quality.Good ? 0.5 : 2);
                Assert.Equal(faults.Max() * (recipe.Quality == Quality.Good ? 0 : 1), recipe.Severity);
            }
        }
    }

    [Fact]
    public void ForCurve_Photo_HasEachSeverityThatTheKindGoesTo()
    {
        var recipes = TestRecipes.ForCurve(new Random(1)).ToArray();
        foreach (var (quality, strongest) in ((Quality, double)[])[(Quality.Blurred, 3), (Quality.Dark, 2), (Quality.Overexposed, 2), (Quality.Noisy, 2.5)])
        {
            var severities = recipes.Where(recipe => recipe.Quality == quality).Select(recipe => recipe.Severity).ToArray();
            Assert.Equal(severities.Order().Distinct(), severities);
            Assert.Equal((0.1, strongest), (severities[0], severities[^1]));
        }
    }
}
