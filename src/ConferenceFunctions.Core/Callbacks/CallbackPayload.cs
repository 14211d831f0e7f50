using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace ConferenceFunctions.Core.Callbacks;

/// <summary>
/// The body of a callback in the shape of SignalWire's JSON (<c>event_type … params {…}</c>), whichever way it was encoded: JSON,
/// a form, or a query string. Recognised by content, since content types lie.
/// </summary>
public sealed class CallbackPayload : IDisposable
{
    private readonly JsonDocument _document;

    private CallbackPayload(JsonDocument document) => _document = document;

    /// <summary>The whole event.</summary>
    public JsonElement Root => _document.RootElement;

    /// <summary>Its <c>params</c>; the event itself where it has none, since some senders put everything at the top.</summary>
    public JsonElement Params =>
        Root.TryGetProperty("params", out JsonElement parameters) && parameters.ValueKind == JsonValueKind.Object ? parameters : Root;

    /// <summary>Reads a body. Where it is neither a JSON object nor a form, <paramref name="fault"/> says what is wrong.</summary>
    /// <exception cref="InvalidOperationException">A string somewhere in the body is half a surrogate pair.</exception>
    public static bool TryRead(ReadOnlyMemory<byte> body, [NotNullWhen(true)] out CallbackPayload? payload, [NotNullWhen(false)] out string? fault)
    {
        ReadOnlyMemory<byte> text = WithoutByteOrderMark(body);
        if (text.Span.Trim(" \t\r\n"u8).IsEmpty)
        {
            return Refuse("The request is empty. Post the event as JSON or as a form, or put it into the query.", out payload, out fault);
        }

        try
        {
            return text.Span.TrimStart(" \t\r\n"u8)[0] is (byte)'{' or (byte)'['
                ? TryReadJson(text, out payload, out fault)
                : TryReadForm(text.Span, out payload, out fault);
        }
        catch (JsonException exception)
        {
            return Refuse($"The body is not valid JSON, or nested deeper than 64 levels: {Position(exception)}.", out payload, out fault);
        }
    }

    /// <inheritdoc />
    public void Dispose() => _document.Dispose();

    private static bool TryReadJson(ReadOnlyMemory<byte> text, out CallbackPayload? payload, out string? fault)
    {
        // A name in another encoding than UTF-8 must not cost the event: what is no UTF-8 is read as U+FFFD, the raw body is kept.
        ReadOnlyMemory<byte> valid = Utf8.IsValid(text.Span) ? text : Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(text.Span));
        payload = Parse(valid);
        if (payload.Root.ValueKind != JsonValueKind.Object)
        {
            payload.Dispose();
            return Refuse("The body is JSON, but not an object. Post one event, as an object.", out payload, out fault);
        }

        fault = null;
        return true;
    }

    private static bool TryReadForm(ReadOnlySpan<byte> text, out CallbackPayload? payload, out string? fault)
    {
        byte[]? json = CallbackForm.ToJson(Encoding.UTF8.GetString(text));
        if (json is null)
        {
            return Refuse("The request is neither a JSON object nor form fields.", out payload, out fault);
        }

        (payload, fault) = (Parse(json), null);
        return true;
    }

    private static CallbackPayload Parse(ReadOnlyMemory<byte> json)
    {
        JsonDocument document = JsonDocument.Parse(json);
        if (json.Span.IndexOf("\\u"u8) >= 0)
        {
            // Only an escape can be half a surrogate pair, and only writing finds it. Better now than whenever the log is read.
            using var nowhere = new Utf8JsonWriter(Stream.Null);
            document.RootElement.WriteTo(nowhere);
        }

        return new CallbackPayload(document);
    }

    private static ReadOnlyMemory<byte> WithoutByteOrderMark(ReadOnlyMemory<byte> body) =>
        body.Span.StartsWith("\uFEFF"u8) ? body["\uFEFF"u8.Length..] : body;

    // Only the place: the message of the parser may quote the body.
    private static string Position(JsonException exception) =>
        $"line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}";

    private static bool Refuse(string reason, out CallbackPayload? payload, out string? fault)
    {
        (payload, fault) = (null, reason);
        return false;
    }
}
