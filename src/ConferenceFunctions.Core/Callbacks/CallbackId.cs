using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace ConferenceFunctions.Core.Callbacks;

/// <summary>
/// Derives an id for a callback, since SignalWire sends none: a hash over project, timestamp, event type and all of <c>params</c>
/// (conference, status and call among them) with names in order. So a repeated callback has the same id, and one encoded in
/// another order too.
/// </summary>
internal static class CallbackId
{
    private const int HashBytes = 16;

    public static string Compute(CallbackPayload payload)
    {
        var canonical = new StringBuilder(512);
        foreach (string name in (ReadOnlySpan<string>)["event_type", "project_id", "timestamp"])
        {
            if (payload.Root.TryGetProperty(name, out JsonElement value))
            {
                Append(canonical, value);
            }

            canonical.Append('\n');
        }

        Append(canonical, payload.Params);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(canonical.ToString()), hash);
        return Convert.ToHexStringLower(hash[..HashBytes]);
    }

    private static void Append(StringBuilder canonical, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                canonical.Append('{');
                foreach (JsonProperty property in value.EnumerateObject().OrderBy(property => property.Name, StringComparer.Ordinal))
                {
                    canonical.Append(property.Name).Append(':');
                    Append(canonical, property.Value);
                    canonical.Append(',');
                }

                canonical.Append('}');
                break;
            case JsonValueKind.Array:
                canonical.Append('[');
                foreach (JsonElement item in value.EnumerateArray())
                {
                    Append(canonical, item);
                    canonical.Append(',');
                }

                canonical.Append(']');
                break;
            default:
                canonical.Append(value.GetRawText());
                break;
        }
    }
}
