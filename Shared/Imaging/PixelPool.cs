using System.Buffers;

namespace ClassifierFunctions.Imaging;

/// <summary>
/// Arrays of pixels that are used again. Not the shared pool, which keeps an array per thread: as many are kept here as images are decoded at once.
/// </summary>
internal static class PixelPool
{
    /// <summary>Largest array that is kept: 2 megapixels of four bytes. What is kept in all is bounded by it: about 48 MB with two processors.</summary>
    public const int MaxBytes = 8 * 1024 * 1024;

    private static readonly ArrayPool<byte> Pool = ArrayPool<byte>.Create(MaxBytes, Environment.ProcessorCount + 1);

    public static byte[] Rent(int bytes) => Pool.Rent(bytes);

    public static void Return(byte[] buffer) => Pool.Return(buffer);
}
