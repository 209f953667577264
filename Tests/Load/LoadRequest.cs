using System.Text;

namespace ClassifierFunctions.Tests.Load;

/// <summary>A request as the bytes that go over the wire, made once and sent often.</summary>
/// <param name="Name">What a person reads when its answer is wrong.</param>
/// <param name="Bytes">Head and body (RFC 9112); the connection stays open.</param>
internal sealed record LoadRequest(string Name, byte[] Bytes)
{
    /// <summary>An image posted to <paramref name="path"/>, such as <c>api/classify/squeezenet</c>.</summary>
    public static LoadRequest Post(Uri server, string path, string name, byte[] image)
    {
        var head = $"POST /{path} HTTP/1.1\r\nHost: {server.Authority}\r\nContent-Type: application/octet-stream\r\nContent-Length: {image.Length}\r\n\r\n";
        return new LoadRequest($"{name} to {path}", [.. Encoding.ASCII.GetBytes(head), .. image]);
    }

    /// <summary>The photo of <paramref name="file"/> for <paramref name="model"/>.</summary>
    public static LoadRequest Classify(Uri server, string model, string file)
        => Post(server, $"api/classify/{model}", Path.GetFileName(file), File.ReadAllBytes(file));
}
