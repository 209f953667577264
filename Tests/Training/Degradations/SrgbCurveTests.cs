using ClassifierFunctions.Training.Degradations;

namespace ClassifierFunctions.Tests.Training.Degradations;

public sealed class SrgbCurveTests
{
    [Fact]
    public void ToLinear_EveryCode_IsTheFormula()
    {
        for (var code = 0; code < 256; code++)
            Assert.Equal(Pictures.ToLinear(code), SrgbCurve.ToLinear((byte)code), 1e-6);
    }

    [Fact]
    public void ToCode_FineSteps_IsTheFormula()
    {
        for (var i = 0; i <= 50_000; i++)
            Assert.Equal(Pictures.ToCode(i / 50_000.0), SrgbCurve.ToCode(i / 50_000f), 0.005);
    }

    [Fact]
    public void ToCode_DarkestLight_IsTheFormula()
    {
        for (var i = 0; i <= 1000; i++)
            Assert.Equal(Pictures.ToCode(i / 1e6), SrgbCurve.ToCode(i / 1e6f), 0.005);
    }

    [Fact]
    public void ToCode_LightOfEveryCode_GivesTheCode()
    {
        for (var code = 0; code < 256; code++)
            Assert.Equal(code, SrgbCurve.ToCode(SrgbCurve.ToLinear((byte)code)), 0.005);
    }

    [Theory]
    [InlineData(-0.5f, 0)]
    [InlineData(-1e-9f, 0)]
    [InlineData(1.0001f, 255)]
    [InlineData(16f, 255)]
    public void ToCode_OutsideTheRange_IsClipped(float light, float code) => Assert.Equal(code, SrgbCurve.ToCode(light), 0.001);
}
