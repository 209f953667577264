using System.Buffers;

namespace ClassifierFunctions.Imaging;

/// <summary>
/// Buffers of decoded pixels. Not the shared pool, which keeps an array per thread: as many are kept here as images are decoded at once, and the
/// largest are left to the garbage collector, so that one huge picture does not cost its memory for good.
/// </summary>
internal static class PixelPool
{
    // 16 megapixels of four bytes: phone photos are pooled, panoramas are not.
    private const int MaxPooledBytes = 64 * 1024 * 1024;

    private static readonly ArrayPool<byte> Pool = ArrayPool<byte>.Create(MaxPooledBytes, Environment.ProcessorCount + 1);

    /// <summary>At least <paramref name="bytes"/> long, with whatever was in it before.</summary>
    public static byte[] Rent(int bytes) => bytes <= MaxPooledBytes ? Pool.Rent(bytes) : GC.AllocateUninitializedArray<byte>(bytes);

    public static void Return(byte[] buffer)
    {
        if (buffer.Length <= MaxPooledBytes)
            Pool.Return(buffer);
    }
}
