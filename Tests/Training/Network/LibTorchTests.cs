using System.Buffers.Binary;
using System.Text;
using ClassifierFunctions.Training.Network;

namespace ClassifierFunctions.Tests.Training.Network;

public sealed class LibTorchTests
{
    private const string Version = "GLIBCXX_3.4.32";

    [Fact]
    public void MakeOptional_RealLibrary_SetsTheFlagsOfThatVersionAlone()
    {
        if (!OperatingSystem.IsLinux())
            return;
        var library = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "libLibTorchSharp.so"));
        var flags = Flags(library, Version);
        // The build's copy may have been changed already, where its loader needed it.
        library.AsSpan(flags, 2).Clear();
        var changed = library.ToArray();
        Assert.True(LibTorch.MakeOptional(changed));
        var differences = Enumerable.Range(0, library.Length).Where(i => library[i] != changed[i]).ToArray();
        Assert.Equal([flags], differences);
        Assert.Equal(2, changed[flags]);
    }

    [Fact]
    public void MakeOptional_Twice_ChangesNothingMore()
    {
        if (!OperatingSystem.IsLinux())
            return;
        var once = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "libLibTorchSharp.so"));
        Assert.True(LibTorch.MakeOptional(once));
        var twice = once.ToArray();
        Assert.True(LibTorch.MakeOptional(twice));
        Assert.Equal(once, twice);
    }

    [Fact]
    public void MakeOptional_LibraryWithoutTheVersion_IsLeftAlone()
    {
        if (!OperatingSystem.IsLinux())
            return;
        var library = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "libLibTorchSharp.so"));
        // Another version of the same length in its place.
        foreach (var at in Positions(library, Encoding.ASCII.GetBytes($"{Version}\0")))
            library[at + Version.Length - 1] = (byte)'0';
        var changed = library.ToArray();
        Assert.False(LibTorch.MakeOptional(changed));
        Assert.Equal(library, changed);
    }

    // By another way than the code's: an entry begins with the hash of its version's name (System V ABI), then come the flags and what symbols refer to.
    private static int Flags(byte[] elf, string version)
    {
        var hash = 0u;
        foreach (var letter in version)
        {
            hash = (hash << 4) + letter;
            var high = hash & 0xF0000000;
            hash = (hash ^ (high >> 24)) & ~high;
        }

        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, hash);
        return Assert.Single(Positions(elf, bytes)) + 4;
    }

    private static List<int> Positions(byte[] bytes, byte[] wanted)
    {
        var positions = new List<int>();
        for (var at = bytes.AsSpan().IndexOf(wanted); at >= 0;)
        {
            positions.Add(at);
            var next = bytes.AsSpan(at + 1).IndexOf(wanted);
            at = next < 0 ? -1 : at + 1 + next;
        }

        return positions;
    }
}
