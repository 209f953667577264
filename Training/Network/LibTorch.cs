using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace ClassifierFunctions.Training.Network;

/// <summary>
/// Lets TorchSharp 0.107 load on Linux with a libstdc++ older than GCC 13's (Debian 12, Ubuntu 22.04). Its native library asks for version
/// <c>GLIBCXX_3.4.32</c> only because GCC 13 names <c>std::ios_base_library_init</c> in everything that includes iostream; nothing calls it.
/// Marking that one version as weak in the build's own copy makes the loader go on without it.
/// </summary>
/// <remarks>Layout of the version section: Linux Standard Base, "Symbol Versioning", and System V ABI for the section table.</remarks>
internal static class LibTorch
{
    private const string Version = "GLIBCXX_3.4.32";
    private const uint VersionNeedsSection = 0x6ffffffe; // SHT_GNU_verneed
    private const ushort Weak = 2; // VER_FLG_WEAK

    /// <summary>To be called before anything of TorchSharp.</summary>
    public static void MakeLoadable()
    {
        var library = Path.Combine(AppContext.BaseDirectory, "libLibTorchSharp.so");
        if (!OperatingSystem.IsLinux() || !File.Exists(library) || NativeLibrary.TryLoad(library, out _))
            return;
        var bytes = File.ReadAllBytes(library);
        if (!MakeOptional(bytes))
            return;
        // A new file, not a change in place: the old one may be mapped by another run.
        var changed = $"{library}.{Environment.ProcessId}";
        File.WriteAllBytes(changed, bytes);
        File.Move(changed, library, overwrite: true);
    }

    /// <summary>Marks the version as weak.</summary>
    /// <param name="elf">The library, changed in place.</param>
    /// <returns>False when it does not ask for that version.</returns>
    internal static bool MakeOptional(byte[] elf)
    {
        if (Flags(elf) is not { } flags)
            return false;
        BinaryPrimitives.WriteUInt16LittleEndian(elf.AsSpan(flags), Weak);
        return true;
    }

    // Where the flags of the version are; null when the file does not ask for it.
    private static int? Flags(byte[] elf)
    {
        var sections = (int)BinaryPrimitives.ReadUInt64LittleEndian(elf.AsSpan(0x28));
        var (size, count) = (ReadUInt16(elf, 0x3A), ReadUInt16(elf, 0x3C));
        for (var i = 0; i < count; i++)
        {
            var section = sections + (i * size);
            if (ReadUInt32(elf, section + 4) != VersionNeedsSection)
                continue;
            var names = Offset(elf, sections + ((int)ReadUInt32(elf, section + 40) * size));
            for (int file = Offset(elf, section), next = -1; next != 0; file += next)
            {
                next = (int)ReadUInt32(elf, file + 12);
                var version = file + (int)ReadUInt32(elf, file + 8);
                for (var left = ReadUInt16(elf, file + 2); left > 0; left--, version += (int)ReadUInt32(elf, version + 12))
                {
                    if (elf.AsSpan(names + (int)ReadUInt32(elf, version + 8)).StartsWith(Encoding.ASCII.GetBytes($"{Version}\0")))
                        return version + 4;
                }
            }
        }

        return null;
    }

    private static int Offset(byte[] elf, int section) => (int)BinaryPrimitives.ReadUInt64LittleEndian(elf.AsSpan(section + 24));

    private static uint ReadUInt32(byte[] elf, int at) => BinaryPrimitives.ReadUInt32LittleEndian(elf.AsSpan(at));

    private static ushort ReadUInt16(byte[] elf, int at) => BinaryPrimitives.ReadUInt16LittleEndian(elf.AsSpan(at));
}
