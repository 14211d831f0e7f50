using System.Buffers;
using System.Text;
using System.Text.Json;

namespace ConferenceFunctions.Core.Callbacks;

/// <summary>A message of the queue <c>callbacks</c>: one or more callbacks, put together.</summary>
/// <param name="TraceParent">W3C traceparent of the put, if it was traced.</param>
/// <param name="Attempt">How often these callbacks were put back because they could not be applied yet.</param>
/// <param name="Callbacks">The callbacks, at least one.</param>
/// <remarks>
/// JSON text: <c>{"v":1,"traceparent":…,"attempt":0,"callbacks":[{"id","kind","document","at","body","looks"?}]}</c> with the raw body as
/// base64, so that 32 KiB of any bytes fit into a queue message (64 KiB) and no character can break the XML around it.
/// </remarks>
public sealed record CallbackMessage(string? TraceParent, int Attempt, IReadOnlyList<QueuedCallback> Callbacks)
{
    /// <summary>Most bytes that a queue message may have.</summary>
    public const int MaxBytes = 64 * 1024;

    /// <summary>Bytes to leave for what stands around the callbacks.</summary>
    public const int Overhead = 160;

    /// <summary>Most bytes of one encoded callback: with what stands around it, it fills a message.</summary>
    public const int MaxCallbackBytes = MaxBytes - Overhead - 1;

    private const int Version = 1;

    /// <summary>One callback as it stands in the message.</summary>
    public static ReadOnlyMemory<byte> Encode(QueuedCallback callback)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var buffer = new ArrayBufferWriter<byte>((callback.Body.Length * 4 / 3) + 256);
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.WriteString("id"u8, callback.Id);
        json.WriteString("kind"u8, Name(callback.Kind));
        json.WriteString("document"u8, callback.Document);
        json.WriteString("at"u8, callback.ReceivedAt.UtcDateTime);
        json.WriteBase64String("body"u8, callback.Body.Span);
        if (callback.Looks > 0)
        {
            json.WriteNumber("looks"u8, callback.Looks);
        }

        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }

    /// <summary>The text of a message of callbacks, at least one, that were encoded before.</summary>
    public static BinaryData Assemble(string? traceParent, int attempt, IReadOnlyList<ReadOnlyMemory<byte>> encoded)
    {
        ArgumentNullException.ThrowIfNull(encoded);
        string trace = traceParent is null ? "" : $"\"traceparent\":\"{JsonEncodedText.Encode(traceParent)}\",";
        byte[] head = Encoding.UTF8.GetBytes($"{{\"v\":{Version},{trace}\"attempt\":{attempt},\"callbacks\":[");
        byte[] text = new byte[head.Length + encoded.Sum(callback => callback.Length + 1) + 1];
        head.CopyTo(text, 0);
        int end = head.Length;
        foreach (ReadOnlyMemory<byte> callback in encoded)
        {
            callback.CopyTo(text.AsMemory(end));
            end += callback.Length;
            text[end++] = (byte)',';
        }

        "]}"u8.CopyTo(text.AsSpan(end - 1));
        return new BinaryData(text);
    }

    /// <summary>Reads a message.</summary>
    /// <exception cref="FormatException">The text is no such message, or of a later version.</exception>
    public static CallbackMessage Read(ReadOnlyMemory<byte> text)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            JsonElement root = document.RootElement;
            int version = root.GetProperty("v").GetInt32();
            return version == Version
                ? new CallbackMessage(
                    root.TryGetProperty("traceparent", out JsonElement traceParent) ? traceParent.GetString() : null,
                    root.GetProperty("attempt").GetInt32(),
                    [.. root.GetProperty("callbacks").EnumerateArray().Select(ReadCallback)])
                : throw new FormatException($"The message has version {version}; this program reads version {Version}.");
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw new FormatException("The text is not a message of callbacks.", exception);
        }
    }

    private static QueuedCallback ReadCallback(JsonElement callback) => new(
        Text(callback, "id"),
        Kind(callback.GetProperty("kind").GetString()),
        Text(callback, "document"),
        callback.GetProperty("at").GetDateTimeOffset(),
        callback.GetProperty("body").GetBytesFromBase64())
    {
        Looks = callback.TryGetProperty("looks", out JsonElement looks) ? looks.GetInt32() : 0,
    };

    private static string Text(JsonElement callback, string name) =>
        callback.GetProperty(name).GetString() ?? throw new FormatException($"A callback of the message has no {name}.");

    private static string Name(CallbackKind kind) => kind switch
    {
        CallbackKind.Conference => "conference",
        CallbackKind.Recording => "recording",
        CallbackKind.Caller => "caller",
        CallbackKind.Reconciliation => "reconciliation",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    private static CallbackKind Kind(string? name) => name switch
    {
        "conference" => CallbackKind.Conference,
        "recording" => CallbackKind.Recording,
        "caller" => CallbackKind.Caller,
        "reconciliation" => CallbackKind.Reconciliation,
        _ => throw new FormatException("The message has a callback of a kind unknown here."),
    };
}
