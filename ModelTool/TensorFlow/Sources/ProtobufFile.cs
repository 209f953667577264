using System.Buffers;
using Google.Protobuf;

namespace ClassifierFunctions.ModelTool.TensorFlow.Sources;

/// <summary>A protobuf message in a file.</summary>
internal static class ProtobufFile
{
    /// <summary>Reads the file once, in pieces: what is in memory is the message only.</summary>
    /// <exception cref="ImportException">The file is too large, or no such message; the parser's reason is in the message.</exception>
    public static T Parse<T>(string path, MessageParser<T> parser)
        where T : IMessage<T>
    {
        try
        {
            using var file = new FileSequence(path);
            // Protobuf's own limit; lengths are 32 bits wide.
            if (file.Length > int.MaxValue)
                throw new ImportException($"{path} has {file.Length} bytes; protobuf files end at 2 GB, so this is none.");
            return parser.ParseFrom(file.Sequence);
        }
        catch (InvalidProtocolBufferException damage)
        {
            throw new ImportException($"{path} is damaged or not a TensorFlow graph: {damage.Message}", damage);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new ImportException($"{path} cannot be read: {failure.Message}", failure);
        }
    }
}
