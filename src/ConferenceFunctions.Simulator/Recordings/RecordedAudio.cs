using System.Security.Cryptography;

namespace ConferenceFunctions.Simulator.Recordings;

/// <summary>The audio of a recording.</summary>
/// <param name="Content">The file.</param>
/// <param name="Sha256">Its SHA-256, 64 hex digits.</param>
internal sealed record RecordedAudio(byte[] Content, string Sha256)
{
    /// <summary>The audio in a file.</summary>
    public static RecordedAudio Of(byte[] content) => new(content, Convert.ToHexStringLower(SHA256.HashData(content)));
}
