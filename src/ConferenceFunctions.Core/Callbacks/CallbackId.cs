using System.Buffers;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
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
        var canonical = new ArrayBufferWriter<byte>(1024);
        foreach (string name in (ReadOnlySpan<string>)["event_type", "project_id", "timestamp"])
        {
            if (payload.Root.TryGetProperty(name, out JsonElement value))
            {
                Append(canonical, value);
            }

            canonical.Write("\n"u8);
        }

        Append(canonical, payload.Params);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(canonical.WrittenSpan, hash);
        return Convert.ToHexStringLower(hash[..HashBytes]);
    }

    private static void Append(ArrayBufferWriter<byte> canonical, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                canonical.Write("{"u8);
                foreach (JsonProperty property in Sorted(value))
                {
                    canonical.Write("\""u8);
                    canonical.Write(JsonMarshal.GetRawUtf8PropertyName(property));
                    canonical.Write("\":"u8);
                    Append(canonical, property.Value);
                    canonical.Write(","u8);
                }

                canonical.Write("}"u8);
                break;
            case JsonValueKind.Array:
                canonical.Write("["u8);
                foreach (JsonElement item in value.EnumerateArray())
                {
                    Append(canonical, item);
                    canonical.Write(","u8);
                }

                canonical.Write("]"u8);
                break;
            default:
                canonical.Write(JsonMarshal.GetRawUtf8Value(value));
                break;
        }
    }

    private static JsonProperty[] Sorted(JsonElement value)
    {
        var properties = new JsonProperty[value.GetPropertyCount()];
        int count = 0;
        foreach (JsonProperty property in value.EnumerateObject())
        {
            properties[count++] = property;
        }

        Array.Sort(properties, static (one, other) =>
            JsonMarshal.GetRawUtf8PropertyName(one).SequenceCompareTo(JsonMarshal.GetRawUtf8PropertyName(other)));
        return properties;
    }
}
