using System.Buffers;
using System.Security.Cryptography;
using Azure;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;

namespace ConferenceFunctions.Core.Recordings;

/// <summary>What a committed blob really holds, by reading all of it.</summary>
/// <param name="Size">Bytes.</param>
/// <param name="Sha256">Their SHA-256, 64 hex digits.</param>
/// <param name="Format">What kind of audio they are; null where they are none.</param>
/// <param name="Metadata">What stands beside them.</param>
/// <param name="ETag">The version of the blob that was read.</param>
internal sealed record BlobAudit(long Size, string Sha256, AudioFormat? Format, IDictionary<string, string> Metadata, ETag ETag)
{
    private const int BufferBytes = 128 * 1024;

    /// <summary>Reads a blob.</summary>
    public static async Task<BlobAudit> ReadAsync(BlockBlobClient blob, CancellationToken cancellationToken)
    {
        using BlobDownloadStreamingResult result = await blob.DownloadStreamingAsync(cancellationToken: cancellationToken);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        byte[] head = [];
        long size = 0;
        try
        {
            for (int read; (read = await result.Content.ReadAtLeastAsync(buffer, BufferBytes, throwOnEndOfStream: false, cancellationToken)) > 0; size += read)
            {
                head = size == 0 ? buffer[..Math.Min(read, AudioFormat.HeadBytes)] : head;
                hash.AppendData(buffer, 0, read);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        return new BlobAudit(size, Convert.ToHexStringLower(hash.GetHashAndReset()), AudioFormat.Of(head), result.Details.Metadata, result.Details.ETag);
    }
}
