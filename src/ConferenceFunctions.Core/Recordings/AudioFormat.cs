namespace ConferenceFunctions.Core.Recordings;

/// <summary>What kind of audio a file is, by its first bytes: what a server says of it may be wrong or missing.</summary>
/// <param name="ContentType">Its content type.</param>
/// <param name="Extension">Its usual file name extension, without a dot.</param>
internal sealed record AudioFormat(string ContentType, string Extension)
{
    /// <summary>As many bytes as it takes to tell.</summary>
    public const int HeadBytes = 12;

    public static readonly AudioFormat Wave = new("audio/wav", "wav");
    public static readonly AudioFormat Mp3 = new("audio/mpeg", "mp3");
    public static readonly AudioFormat Mp4 = new("audio/mp4", "mp4");
    public static readonly AudioFormat Ogg = new("audio/ogg", "ogg");

    /// <summary>The format of a file that begins so; null where it is no audio, or none that is known here.</summary>
    public static AudioFormat? Of(ReadOnlySpan<byte> head) =>
        head.Length < HeadBytes ? null
        // RF64 is a WAV of more than 4 GiB.
        : (head.StartsWith("RIFF"u8) || head.StartsWith("RF64"u8)) && head[8..].StartsWith("WAVE"u8) ? Wave
        : head.StartsWith("ID3"u8) || IsMp3Frame(head) ? Mp3
        : head[4..].StartsWith("ftyp"u8) ? Mp4
        : head.StartsWith("OggS"u8) ? Ogg
        : null;

    /// <summary>The format of that content type; null where it is none of those above.</summary>
    public static AudioFormat? OfContentType(string? contentType) =>
        new[] { Wave, Mp3, Mp4, Ogg }.FirstOrDefault(format => format.ContentType == contentType);

    /// <summary>Whether an MPEG audio frame of layer III begins here, with a bit rate and a sample rate that there are.</summary>
    private static bool IsMp3Frame(ReadOnlySpan<byte> head) =>
        head[0] == 0xFF && (head[1] & 0xE0) == 0xE0 && (head[1] & 0x18) != 0x08 && (head[1] & 0x06) == 0x02
        && (head[2] & 0xF0) is not (0xF0 or 0x00) && (head[2] & 0x0C) != 0x0C;
}
