using System.Security.Cryptography;

namespace ConferenceFunctions.Core.Swml;

/// <summary>A document as SignalWire gets it.</summary>
public sealed class RenderedDocument
{
    /// <summary>Content type of JSON.</summary>
    public const string Json = "application/json";

    /// <summary>Content type of YAML.</summary>
    public const string Yaml = "application/yaml";

    private RenderedDocument(byte[] body, string contentType)
    {
        (Body, ContentType) = (body, contentType);
        ETag = $"\"{Convert.ToHexStringLower(SHA256.HashData(body).AsSpan(0, 16))}\"";
    }

    /// <summary>The body, in UTF-8.</summary>
    public ReadOnlyMemory<byte> Body { get; }

    /// <summary>The content type.</summary>
    public string ContentType { get; }

    /// <summary>Version of the body, in quotes.</summary>
    public string ETag { get; }

    /// <summary>Renders a document.</summary>
    public static RenderedDocument Render(SwmlObject document, bool yaml) => yaml
        ? new RenderedDocument(SwmlText.WriteYaml(document), Yaml)
        : new RenderedDocument(SwmlText.WriteJson(document), Json);
}
