using System.Buffers;
using Azure;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;

namespace ConferenceFunctions.Core.Recordings;

/// <summary>
/// Uploads a recording block by block, while the next block is still being read. Nothing of it is seen before it is committed.
/// </summary>
/// <param name="blob">The blob.</param>
/// <param name="version">The version of the source that the blocks are of, see <see cref="SourceVersion.Key"/>.</param>
internal sealed class BlockUpload(BlockBlobClient blob, byte[] version) : IAsyncDisposable
{
    /// <summary>Bytes of every block but the last.</summary>
    public const int BlockBytes = 4 * 1024 * 1024;

    /// <summary>As many bytes as a blob's 50,000 blocks hold.</summary>
    public const long MaxBytes = 50_000L * BlockBytes;

    private const int MaxInFlight = 2;
    private const int MaxKept = 16;

    /// <summary>
    /// Where blocks are rented. A pool of their own: the shared one keeps an array for every thread that ever gave one back, and
    /// blocks are given back on any.
    /// </summary>
    public static ArrayPool<byte> Blocks { get; } = ArrayPool<byte>.Create(BlockBytes, MaxKept);

    private readonly List<string> _staged = [];
    private readonly Queue<Task<string>> _inFlight = new();

    /// <summary>Bytes staged, or on their way.</summary>
    public long Bytes { get; private set; }

    /// <summary>The blob.</summary>
    public BlockBlobClient Blob => blob;

    /// <summary>Takes up what an earlier upload of the same version left: as many of its first blocks as there are without a gap.</summary>
    /// <returns>Whether the blob is committed already, so that nothing is left to upload.</returns>
    public async Task<bool> ResumeAsync(CancellationToken cancellationToken)
    {
        BlockList list;
        try
        {
            list = await blob.GetBlockListAsync(BlockListTypes.All, cancellationToken: cancellationToken);
        }
        catch (RequestFailedException exception) when (exception.Status == 404)
        {
            return false;
        }

        if (list.CommittedBlocks.Any())
        {
            return true;
        }

        ILookup<int?, BlobBlock> blocks = list.UncommittedBlocks.ToLookup(block => BlockId.IndexOf(block.Name, version));
        // Of two blocks at one place nobody knows which is right.
        bool isClear = blocks.All(block => block.Key is null || block.Count() == 1);
        for (int i = 0; isClear && blocks[i].SingleOrDefault() is { Name: not null } block; i++)
        {
            _staged.Add(block.Name);
            Bytes += block.SizeLong;
        }

        return false;
    }

    /// <summary>Stages a block. Returns as soon as there is room for the next one.</summary>
    /// <param name="block">The block, rented from <see cref="Blocks"/>; it is given back there.</param>
    /// <param name="count">Its bytes.</param>
    /// <param name="cancellationToken">Cancels the upload.</param>
    public async Task StageAsync(byte[] block, int count, CancellationToken cancellationToken)
    {
        int index = _staged.Count + _inFlight.Count;
        Bytes += count;
        _inFlight.Enqueue(Task.Run(() => SendAsync(index, block, count, cancellationToken), CancellationToken.None));
        await DrainAsync(MaxInFlight);
    }

    /// <summary>Waits until every block is staged.</summary>
    public Task CompleteAsync() => DrainAsync(0);

    /// <summary>Makes the staged blocks the blob, unless there is one.</summary>
    /// <returns>Whether they are; otherwise somebody else committed a blob of that name.</returns>
    public async Task<bool> CommitAsync(string contentType, IDictionary<string, string> metadata, CancellationToken cancellationToken)
    {
        try
        {
            var options = new CommitBlockListOptions
            {
                HttpHeaders = new BlobHttpHeaders { ContentType = contentType },
                Metadata = metadata,
                Conditions = new BlobRequestConditions { IfNoneMatch = ETag.All },
            };
            await blob.CommitBlockListAsync(_staged, options, cancellationToken);
            return true;
        }
        catch (RequestFailedException exception) when (exception.ErrorCode == BlobErrorCode.BlobAlreadyExists || exception.ErrorCode == BlobErrorCode.ConditionNotMet)
        {
            return false;
        }
    }

    /// <summary>Lets go of it. What is staged stays, for whoever resumes.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await Task.WhenAll(_inFlight);
        }
        catch (Exception exception) when (exception is RequestFailedException or OperationCanceledException or AggregateException or IOException)
        {
            // The upload failed already, or is given up.
        }
    }

    private async Task DrainAsync(int left)
    {
        while (_inFlight.Count > left)
        {
            // One that failed stays in the queue, so that nobody can go on as if it had not.
            _staged.Add(await _inFlight.Peek());
            _ = _inFlight.Dequeue();
        }
    }

    private async Task<string> SendAsync(int index, byte[] block, int count, CancellationToken cancellationToken)
    {
        try
        {
            string id = BlockId.Of(index, version, block.AsSpan(0, count));
            using var content = new MemoryStream(block, 0, count, writable: false);
            await blob.StageBlockAsync(id, content, cancellationToken: cancellationToken);
            return id;
        }
        finally
        {
            Blocks.Return(block);
        }
    }
}
