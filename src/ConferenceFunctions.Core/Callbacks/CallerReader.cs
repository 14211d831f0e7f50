using System.Text.Json;

namespace ConferenceFunctions.Core.Callbacks;

/// <summary>Reads who called from the body of a document's fetch. The body may be anything: whatever it is, the answer must not suffer.</summary>
public sealed class CallerReader(CallerPrivacy privacy)
{
    // No field is ever longer; a longer one is not a number, and would only fill the queue.
    private const int MaxLength = 256;

    /// <summary>Who called, or null where the body does not tell.</summary>
    public Caller? Read(ReadOnlyMemory<byte> body, string document, string? role, DateTimeOffset time)
    {
        if (body.IsEmpty)
        {
            return null;
        }

        try
        {
            using JsonDocument json = JsonDocument.Parse(body);
            return json.RootElement.ValueKind == JsonValueKind.Object
                && json.RootElement.TryGetProperty("call", out JsonElement call) && call.ValueKind == JsonValueKind.Object
                && Text(call, "call_id") is { Length: > 0 } callId
                    ? new Caller
                    {
                        CallId = callId,
                        Document = document,
                        Time = time,
                        From = privacy.Number(Text(call, "from") ?? Text(call, "from_number")),
                        To = privacy.Number(Text(call, "to") ?? Text(call, "to_number")),
                        Direction = Text(call, "direction"),
                        Type = Text(call, "type"),
                        Role = role is { Length: <= MaxLength } ? role : null,
                    }
                    : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static string? Text(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String
        && value.GetString() is { Length: <= MaxLength } text ? text : null;
}
