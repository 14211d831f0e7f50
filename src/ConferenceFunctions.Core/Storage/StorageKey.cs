using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ConferenceFunctions.Core.Storage;

/// <summary>
/// Builds every partition key, row key and blob name from what callers and authors call things. Keys are ASCII and at most
/// 512 characters; what has another character, or is longer, becomes its escaped beginning and a hash.
/// </summary>
/// <remarks>
/// Letters, digits, <c>-</c> and <c>.</c> stand for themselves, any other UTF-8 byte is <c>~</c> and two hex digits; so is a dot at
/// the end, since a URL would take <c>.</c> and <c>..</c> for a way, and the name of a blob must not have one there. So no part
/// contains the separator <c>_</c> or a character that Table Storage forbids, and the escape of a prefix is a prefix of the escape.
/// <c>~~</c> occurs only before the hash of a part that was cut.
/// </remarks>
public static class StorageKey
{
    /// <summary>Row key of the conference itself, within its partition.</summary>
    public const string Conference = "c";

    /// <summary>What the row keys of participants begin with.</summary>
    public const string ParticipantPrefix = "p_";

    /// <summary>What the row keys of events begin with.</summary>
    public const string EventPrefix = "e_";

    /// <summary>What the row keys of recordings begin with.</summary>
    public const string RecordingPrefix = "r_";

    // Sixteen digits of microseconds: the year 2286.
    private const long MaxTime = 9_999_999_999_999_999;

    private const int MaxPart = 300;
    private const int HashLength = 32;

    private static readonly SearchValues<char> Plain =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-.");

    private static readonly SearchValues<char> OfKeys =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~");

    /// <summary>Partition key of a conference, or the first part of its recordings' blob names.</summary>
    public static string Escape(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return value.Length <= MaxPart && !value.AsSpan().ContainsAnyExcept(Plain) && !value.EndsWith('.') ? value : EscapeSlowly(value);
    }

    /// <summary>What the escape of everything begins with that begins so. Of a long prefix only the beginning counts.</summary>
    public static string EscapePrefix(string prefix)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        string escaped = EscapeWhole(prefix.TrimEnd('.'));
        return escaped[..Math.Min(escaped.Length, MaxPart - HashLength - 2)];
    }

    /// <summary>Row key of a participant.</summary>
    public static string Participant(string callId) => ParticipantPrefix + Escape(callId);

    /// <summary>Row key of a recording.</summary>
    public static string Recording(string recordingId) => RecordingPrefix + Escape(recordingId);

    /// <summary>What the blob names of a conference's recordings begin with, and those of no other conference.</summary>
    public static string RecordingBlobs(string conferenceId) => $"{Escape(conferenceId)}/";

    /// <summary>Blob name of a recording.</summary>
    public static string RecordingBlob(string conferenceId, string recordingId, string extension) =>
        $"{RecordingBlobs(conferenceId)}{Escape(recordingId)}.{extension}";

    /// <summary>Row key of an event: sorts by time, in microseconds since 1970 (0 where the event has no usable time).</summary>
    public static string Event(long time, string status, string callId, string id) =>
        string.Create(CultureInfo.InvariantCulture, $"{EventPrefix}{time:D16}_{Cut(Escape(status))}_{Escape(callId)}_{id}");

    /// <summary>A time, in microseconds since 1970, such that later ones sort first.</summary>
    public static string Descending(long time) => string.Create(CultureInfo.InvariantCulture, $"{MaxTime - Math.Clamp(time, 0, MaxTime):D16}");

    /// <summary>The smallest string that is greater than every string that begins with <paramref name="prefix"/>.</summary>
    public static string After(string prefix)
    {
        ArgumentException.ThrowIfNullOrEmpty(prefix);
        return string.Concat(prefix.AsSpan(0, prefix.Length - 1), ((char)(prefix[^1] + 1)).ToString());
    }

    /// <summary>Whether a text can be a key: it has no character that keys never have.</summary>
    public static bool IsKey(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length > 0 && !text.AsSpan().ContainsAnyExcept(OfKeys);
    }

    private static string Cut(string escaped) => escaped.Length <= 100 ? escaped : string.Concat(escaped.AsSpan(0, 66), "~~", Hash(escaped));

    private static string EscapeSlowly(string value)
    {
        string escaped = EscapeWhole(value);
        escaped = escaped.EndsWith('.') ? escaped[..^1] + "~2E" : escaped;
        return escaped.Length <= MaxPart ? escaped : Shorten(escaped, value);
    }

    private static string EscapeWhole(string value)
    {
        var escaped = new StringBuilder(value.Length * 2);
        Span<byte> bytes = stackalloc byte[4];
        foreach (Rune rune in value.EnumerateRunes())
        {
            if (rune.IsAscii && Plain.Contains((char)rune.Value))
            {
                escaped.Append((char)rune.Value);
                continue;
            }

            foreach (byte octet in bytes[..rune.EncodeToUtf8(bytes)])
            {
                escaped.Append('~').Append(octet.ToString("X2", CultureInfo.InvariantCulture));
            }
        }

        return escaped.ToString();
    }

    private static string Shorten(string escaped, string value) =>
        string.Concat(escaped.AsSpan(0, MaxPart - HashLength - 2), "~~", Hash(value));

    private static string Hash(string value) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(value)).AsSpan(0, HashLength / 2));
}
