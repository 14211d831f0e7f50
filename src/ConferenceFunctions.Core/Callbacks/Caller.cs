using System.Text.Json;

namespace ConferenceFunctions.Core.Callbacks;

/// <summary>Who called, as SignalWire told when it fetched a document for the call.</summary>
public sealed record Caller
{
    /// <summary>Call id.</summary>
    public required string CallId { get; init; }

    /// <summary>The document that was fetched.</summary>
    public required string Document { get; init; }

    /// <summary>When it was fetched.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>The caller's number or address, as far as it is kept.</summary>
    public string? From { get; init; }

    /// <summary>The number or address that was called, as far as it is kept.</summary>
    public string? To { get; init; }

    /// <summary>inbound or outbound.</summary>
    public string? Direction { get; init; }

    /// <summary>phone, sip or webrtc.</summary>
    public string? Type { get; init; }

    /// <summary>The role in the document's URL.</summary>
    public string? Role { get; init; }

    /// <summary>Reads who called, as it stands in the queue; null where it is none.</summary>
    internal static Caller? TryRead(ReadOnlyMemory<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize(json.Span, CallerJson.Default.Caller);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
