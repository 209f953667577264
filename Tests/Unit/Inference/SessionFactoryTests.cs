using ClassifierFunctions.Inference;
using ClassifierFunctions.Models;
using ClassifierFunctions.Results;
using ClassifierFunctions.Tests.Support;

namespace ClassifierFunctions.Tests.Unit.Inference;

public sealed class SessionFactoryTests
{
    private static readonly ModelVersion Model = ModelFolder.Read("mnist", "1", TestData.Path("mnist"));

    [Theory]
    [InlineData("auto", "CUDA", "chosen automatically")]
    [InlineData("CUDA", "CUDA", "configured")]
    [InlineData("cuda,cpu", "CUDA", "configured")]
    [InlineData("CPU,CUDA", "CPU", "configured")]
    public void Create_GpuThatWorks_IsTakenInTheConfiguredOrder(string configured, string expected, string reason)
    {
        var (session, provider) = SessionFactory.Create(Model, configured, _ => true, provider => provider);

        Assert.Equal((expected, expected, reason), (session, provider.Name, provider.Reason));
    }

    [Theory]
    [InlineData("auto", "chosen automatically; CUDA could not load it: libcudnn.so.9 is missing")]
    [InlineData("CUDA,CPU", "configured; CUDA could not load it: libcudnn.so.9 is missing")]
    public void Create_GpuLibrariesMissing_FallsBackAndSaysWhy(string configured, string reason)
    {
        var (session, provider) = SessionFactory.Create(Model, configured, _ => true, WithoutLibraries);

        Assert.Equal(("CPU", "CPU", reason), (session, provider.Name, provider.Reason));
    }

    [Fact]
    public void Create_OnlyCudaAndItsLibrariesMissing_FailsInsteadOfTakingTheCpu()
    {
        var failure = Assert.Throws<ClassifierException>(() => SessionFactory.Create(Model, "CUDA", _ => true, WithoutLibraries));

        Assert.Equal(ClassifierError.ModelUnavailable, failure.Error);
        Assert.Contains("libcudnn", failure.InnerException!.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("libcudnn", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Create_BuildWithoutCuda_DoesNotTryIt()
    {
        var (session, provider) = SessionFactory.Create(
            Model, "auto", provider => provider == "CPU", provider => provider == "CPU" ? provider : throw new InvalidOperationException());

        Assert.Equal(("CPU", "chosen automatically; this build of ONNX Runtime has no CUDA"), (session, provider.Reason));
    }

    [Fact]
    public void Create_CudaOnlyInThisBuild_FailsInsteadOfTakingTheCpu()
        => Assert.Contains(
            "CUDA", Assert.Throws<ClassifierException>(() => SessionFactory.Create(Model, "CUDA", null)).InnerException!.Message, StringComparison.Ordinal);

    [Fact]
    public void Create_CudaThenCpuInThisBuild_SaysWhyItIsTheCpu()
    {
        var (session, provider) = SessionFactory.Create(Model, "cuda,cpu", null);
        session.Dispose();

        Assert.Equal("CPU", provider.Name);
        Assert.Contains("CUDA", provider.Reason, StringComparison.Ordinal);
    }

    // onnxruntime docs, CUDA execution provider: names and values of the options.
    [Fact]
    public void CudaOptions_NoLimit_GrowsAsRequestedAndSearchesByHeuristic()
        => Assert.Equal(
            new Dictionary<string, string> { ["device_id"] = "0", ["arena_extend_strategy"] = "kSameAsRequested", ["cudnn_conv_algo_search"] = "HEURISTIC" },
            CudaOptions.Values(null));

    [Fact]
    public void CudaOptions_Limit_IsInBytes()
        => Assert.Equal("3000000000", CudaOptions.Values(3000)["gpu_mem_limit"]);

    private static string WithoutLibraries(string provider)
        => provider == "CPU" ? provider : throw new DllNotFoundException("libcudnn.so.9 is missing");
}
