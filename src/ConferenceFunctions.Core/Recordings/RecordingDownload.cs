using System.Diagnostics.CodeAnalysis;
using System.Net;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Specialized;
using ConferenceFunctions.Core.Storage;

namespace ConferenceFunctions.Core.Recordings;

/// <summary>
/// One attempt to download a recording into staged blocks, whole or not at all. A connection that breaks is taken up where it broke,
/// and so is what an earlier process left; where the source can't vouch that its bytes are still the same, all begins again.
/// </summary>
internal sealed class RecordingDownload(
    RecordingOrder order, RecordingClient client, BlobContainerClient container, RecordingOptions options, TimeProvider time) : IAsyncDisposable
{
    private const int MaxBreaks = 20;
    private const int MaxBreaksInARow = 3;

    private Task _noted = Task.CompletedTask;
    private bool _isNoted;

    /// <summary>The recording: all of it is staged once <see cref="RunAsync"/> has returned without a fault.</summary>
    public RecordingTransfer? Transfer { get; private set; }

    /// <summary>Whether an earlier attempt came as far as committing the blob, so that nothing was downloaded.</summary>
    public bool IsCommitted { get; private set; }

    /// <summary>Downloads the recording.</summary>
    /// <returns>Null where it is there; otherwise why it is not.</returns>
    /// <exception cref="Azure.RequestFailedException">Our own storage fails.</exception>
    public async Task<RecordingFault?> RunAsync(CancellationToken cancellationToken)
    {
        await ResumeAsync(cancellationToken);
        for (int breaks = 0, inARow = 0; !IsCommitted && Transfer?.Received != (Transfer?.Version.Length ?? -1); breaks++)
        {
            if (breaks > MaxBreaks || inARow >= MaxBreaksInARow)
            {
                return new RecordingFault($"The connection breaks again and again, the last time after {Transfer?.Received ?? 0} bytes.");
            }

            long before = Transfer?.Received ?? 0;
            try
            {
                (bool isWhole, RecordingFault? fault) = await ReceiveAsync(cancellationToken);
                if (fault is not null)
                {
                    return fault;
                }

                if (isWhole)
                {
                    break;
                }
            }
            catch (Exception exception) when (exception is IOException or HttpRequestException)
            {
                // The connection broke.
            }

            inARow = CanResume && Transfer.Received > before ? 0 : inARow + 1;
        }

        await _noted;
        if (!IsCommitted && FaultOf(Transfer!.Received) is { } wrongSize)
        {
            return wrongSize;
        }

        await (IsCommitted ? Task.CompletedTask : Transfer!.CompleteAsync(cancellationToken));
        return null;
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => EndAsync(Transfer);

    private async ValueTask EndAsync(RecordingTransfer? transfer)
    {
        await _noted.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        await (transfer?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    [MemberNotNullWhen(true, nameof(Transfer))]
    private bool CanResume => Transfer?.Version.Validator is not null;

    private async Task ResumeAsync(CancellationToken cancellationToken)
    {
        RecordingArchive begun = order.Begun;
        if (begun.SourceValidator is null || begun.SourceLength is null || begun.Blob is null || AudioFormat.OfContentType(begun.ContentType) is not { } format)
        {
            return;
        }

        var version = new SourceVersion(order.Location, begun.SourceValidator, begun.SourceLength);
        BlockUpload upload = Upload(begun.Blob, version);
        IsCommitted = await upload.ResumeAsync(cancellationToken);
        if (IsCommitted || (upload.Bytes > 0 && upload.Bytes <= version.Length))
        {
            Transfer = RecordingTransfer.Resume(version, format, upload);
        }
    }

    private async Task<(bool IsWhole, RecordingFault? Fault)> ReceiveAsync(CancellationToken cancellationToken)
    {
        using var guard = new StallGuard(options.StallTimeout, time, cancellationToken);
        try
        {
            long from = CanResume ? Transfer.Received : 0;
            using RecordingAnswer answer = await client.GetAsync(order.Url, from, CanResume ? Transfer.Version : null, guard.Token);
            if (!answer.Succeeded)
            {
                return (false, answer.Fault);
            }

            await using Stream source = await answer.Response.Content.ReadAsStreamAsync(guard.Token);
            bool continues = from > 0 && Transfer!.Version.IsContinuedBy(answer.Response, from);
            if (!continues && await BeginAsync(answer.Response, source, guard) is { } fault)
            {
                return (false, fault);
            }

            if (Transfer is null)
            {
                return (false, null);
            }

            await Transfer.ReadAsync(source, options.MaxBytes, guard, Note, cancellationToken);
            return Judge(Transfer, answer.Response);
        }
        catch (OperationCanceledException) when (guard.HasStalled && !cancellationToken.IsCancellationRequested)
        {
            return (false, null);
        }
    }

    /// <summary>Begins with an answer that is no continuation. Where it is no whole recording either, there is none to go on with.</summary>
    private async Task<RecordingFault?> BeginAsync(HttpResponseMessage response, Stream source, StallGuard guard)
    {
        // What is staged of another version, or can't be continued, is left to itself.
        RecordingTransfer? earlier = Transfer;
        (Transfer, _isNoted) = (null, false);
        await EndAsync(earlier);
        if (response.StatusCode != HttpStatusCode.OK)
        {
            return null;
        }

        var version = SourceVersion.Of(order.Location, response);
        if (FaultOf(version.Length) is { } fault)
        {
            return fault;
        }

        byte[] head = new byte[AudioFormat.HeadBytes];
        int count = 0;
        for (int read; count < head.Length && (read = await guard.ReadAsync(source, head.AsMemory(count))) > 0; count += read)
        {
        }

        if (AudioFormat.Of(head.AsSpan(0, count)) is not { } format)
        {
            return new RecordingFault(count == 0 ? "The source sent nothing." : "What the source sent is no audio: it begins like none.");
        }

        string name = StorageKey.RecordingBlob(order.Job.ConferenceId, order.Job.RecordingId, format.Extension);
        Transfer = RecordingTransfer.Begin(version, format, Upload(name, version), head);
        return null;
    }

    /// <summary>Whether what came is all there is.</summary>
    private (bool IsWhole, RecordingFault? Fault) Judge(RecordingTransfer transfer, HttpResponseMessage response)
    {
        long received = transfer.Received;
        long? length = transfer.Version.Length ?? response.Content.Headers.ContentRange?.Length;
        if (received > options.MaxBytes || received > length)
        {
            return (false, received > options.MaxBytes ? TooLarge() : new RecordingFault($"The source said {length} bytes, and sent more."));
        }

        if (received < length)
        {
            return (false, null);
        }

        // Without a length and without chunks, the end of the recording and a broken connection look alike.
        bool isCertain = length is not null || response.Version.Major >= 2 || response.Headers.TransferEncodingChunked == true || received == order.AnnouncedSize;
        return (isCertain, isCertain ? null : new RecordingFault($"The source sent {received} bytes, and did not say whether that is all."));
    }

    private RecordingFault? FaultOf(long? size) =>
        size > options.MaxBytes ? TooLarge()
        : size is not null && order.AnnouncedSize is not null && size != order.AnnouncedSize && !order.AcceptsAnySize
            ? new RecordingFault($"The source has {size} bytes, and {order.AnnouncedSize} were announced.")
        : null;

    private RecordingFault TooLarge() => RecordingFault.Final($"The recording is larger than Recordings__MaxBytes ({options.MaxBytes}).");

    /// <summary>Has it noted, once, that there is something to go on with after a crash.</summary>
    private void Note()
    {
        if (!_isNoted && CanResume && Transfer.Version.Length is not null)
        {
            (_isNoted, _noted) = (true, order.NoteAsync(Transfer));
        }
    }

    private BlockUpload Upload(string name, SourceVersion version) => new(container.GetBlockBlobClient(name), version.Key);
}
