using System.Net;
using ClassifierFunctions.Configuration;
using ClassifierFunctions.EmbeddedHost.Hosting;

namespace ClassifierFunctions.Tests.Unit.EmbeddedHost;

public sealed class EmbeddedHostSettingsTests
{
    [Fact]
    public void Read_Nothing_IsLoopbackPort7071() => Assert.Equal(new EmbeddedHostSettings(7071, null), Read());

    [Theory]
    [InlineData("--port 8080", 8080, null)]
    [InlineData("-p 8080", 8080, null)]
    [InlineData("-p=8080", 8080, null)]
    [InlineData("--port=0 --address 0.0.0.0", 0, "0.0.0.0")]
    [InlineData("--address localhost", 7071, null)]
    [InlineData("--address ::1", 7071, "::1")]
    public void Read_Arguments_AreTaken(string arguments, int port, string? address)
        => Assert.Equal(new EmbeddedHostSettings(port, address is null ? null : IPAddress.Parse(address)), Read(arguments.Split(' ')));

    [Theory]
    [InlineData("--port x")]
    [InlineData("--port 65536")]
    [InlineData("--port -1")]
    [InlineData("--address example.org")]
    public void Read_InvalidArguments_StopTheStart(string arguments) => Assert.Throws<StartupException>(() => Read(arguments.Split(' ')));

    private static EmbeddedHostSettings Read(params string[] arguments) => EmbeddedHostSettings.Read(EmbeddedHostSettings.Normalise(arguments));
}
