using System.Buffers.Binary;
using System.Security.Cryptography;

namespace ConferenceFunctions.Core.Recordings;

/// <summary>
/// Ids of the blocks of a recording, all of one length: index, version of the source, and the first 16 bytes of the block's SHA-256.
/// So several instances on one blob can't overwrite each other's blocks, and what one of them left can be told from what another did.
/// </summary>
internal static class BlockId
{
    private const int IndexBytes = 4;
    private const int HashBytes = 16;

    /// <summary>The id of a block.</summary>
    public static string Of(int index, ReadOnlySpan<byte> version, ReadOnlySpan<byte> block)
    {
        Span<byte> id = stackalloc byte[IndexBytes + version.Length + HashBytes];
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        BinaryPrimitives.WriteInt32BigEndian(id, index);
        version.CopyTo(id[IndexBytes..]);
        SHA256.HashData(block, hash);
        hash[..HashBytes].CopyTo(id[(IndexBytes + version.Length)..]);
        return Convert.ToBase64String(id);
    }

    /// <summary>The index of a block of that version; null where it is of another one, or none of ours.</summary>
    public static int? IndexOf(string id, ReadOnlySpan<byte> version)
    {
        Span<byte> bytes = stackalloc byte[IndexBytes + version.Length + HashBytes];
        return Convert.TryFromBase64String(id, bytes, out int length) && length == bytes.Length && bytes.Slice(IndexBytes, version.Length).SequenceEqual(version)
            ? BinaryPrimitives.ReadInt32BigEndian(bytes)
            : null;
    }
}
