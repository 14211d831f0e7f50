using System.Security.Cryptography;

namespace ConferenceFunctions.Core.Recordings;

/// <summary>
/// The bytes of one version of a recording on their way from the source to its blob. Memory does not grow with the recording. It
/// outlives a broken connection: whatever continues it goes on at the very byte.
/// </summary>
internal sealed class RecordingTransfer : IAsyncDisposable
{
    private readonly BlockUpload _upload;
    private readonly IncrementalHash? _hash;
    private byte[] _block = BlockUpload.Blocks.Rent(BlockUpload.BlockBytes);
    private int _filled;

    private RecordingTransfer(SourceVersion version, AudioFormat format, BlockUpload upload, IncrementalHash? hash) =>
        (Version, Format, _upload, _hash) = (version, format, upload, hash);

    /// <summary>The version.</summary>
    public SourceVersion Version { get; }

    /// <summary>What kind of audio it is.</summary>
    public AudioFormat Format { get; }

    /// <summary>The upload to its blob.</summary>
    public BlockUpload Upload => _upload;

    /// <summary>SHA-256 of all of it, once it is complete, 64 hex digits; null where an earlier process had a part in it.</summary>
    public string? Sha256 { get; private set; }

    /// <summary>Bytes received.</summary>
    public long Received => _upload.Bytes + _filled;

    /// <summary>Begins with the first bytes of an answer.</summary>
    public static RecordingTransfer Begin(SourceVersion version, AudioFormat format, BlockUpload upload, ReadOnlySpan<byte> head)
    {
        var transfer = new RecordingTransfer(version, format, upload, IncrementalHash.CreateHash(HashAlgorithmName.SHA256));
        head.CopyTo(transfer._block);
        transfer._filled = head.Length;
        return transfer;
    }

    /// <summary>Goes on where an earlier process left off. What it staged can't be read back, so there is no hash until all is committed.</summary>
    public static RecordingTransfer Resume(SourceVersion version, AudioFormat format, BlockUpload upload) => new(version, format, upload, null);

    /// <summary>Reads until there is no more.</summary>
    /// <param name="source">The source, at the first byte that is missing.</param>
    /// <param name="maxBytes">As many bytes as are taken; with more it returns.</param>
    /// <param name="guard">Ends a read that takes too long.</param>
    /// <param name="staged">Is called after each block.</param>
    /// <param name="cancellationToken">Cancels the transfer.</param>
    /// <exception cref="IOException">The connection broke.</exception>
    public async Task ReadAsync(Stream source, long maxBytes, StallGuard guard, Action staged, CancellationToken cancellationToken)
    {
        while (Received <= maxBytes && await guard.ReadAsync(source, _block.AsMemory(_filled, BlockUpload.BlockBytes - _filled)) is > 0 and var read)
        {
            _filled += read;
            if (_filled == BlockUpload.BlockBytes)
            {
                await StageAsync(cancellationToken);
                _block = BlockUpload.Blocks.Rent(BlockUpload.BlockBytes);
                staged();
            }
        }
    }

    /// <summary>Stages what is left, and waits until all is staged.</summary>
    public async Task CompleteAsync(CancellationToken cancellationToken)
    {
        if (_filled > 0)
        {
            await StageAsync(cancellationToken);
        }

        await _upload.CompleteAsync();
        Sha256 = _hash is null ? null : Convert.ToHexStringLower(_hash.GetHashAndReset());
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _upload.DisposeAsync();
        _hash?.Dispose();
        BlockUpload.Blocks.Return(_block);
    }

    private async Task StageAsync(CancellationToken cancellationToken)
    {
        (byte[] full, int count) = (_block, _filled);
        // The next one is rented only when there is room for it.
        (_block, _filled) = ([], 0);
        _hash?.AppendData(full, 0, count);
        await _upload.StageAsync(full, count, cancellationToken);
    }
}
