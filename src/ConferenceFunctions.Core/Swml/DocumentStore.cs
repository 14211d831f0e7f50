using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using ConferenceFunctions.Core.Storage;

namespace ConferenceFunctions.Core.Swml;

/// <summary>Keeps SWML documents in Blob Storage, as their authors wrote them.</summary>
/// <remarks>
/// The first answer to a caller may cost one read, of the document's own blob. So that blob says in its metadata whether there is a
/// document for those who wait (<c>{name}-wait</c>), too; where only that one is stored, an empty blob marks it.
/// </remarks>
public sealed class DocumentStore(StorageAccount account)
{
    private const string WaitMark = "wait";
    private const string OnlyMark = "only_wait";
    private const string Yes = "true";
    private const int MaxConflicts = 20;

    private readonly BlobContainerClient _container = account.Blobs.GetBlobContainerClient(StorageNames.DocumentContainer);

    /// <summary>Reads a document.</summary>
    public async Task<DocumentRead> ReadAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            BlobDownloadResult blob = await _container.GetBlobClient(name).DownloadContentAsync(cancellationToken);
            BlobDownloadDetails details = blob.Details;
            StoredDocument? document = details.Metadata.ContainsKey(OnlyMark)
                ? null
                : new StoredDocument(name, blob.Content.ToArray(), details.ContentType, VersionOf(details.ContentHash, details.ETag), details.LastModified);
            return new DocumentRead(document, details.Metadata.ContainsKey(WaitMark), details.ETag.ToString("H"));
        }
        catch (RequestFailedException exception) when (IsAbsent(exception))
        {
            return new DocumentRead(null, HasWait: false, Version: null);
        }
    }

    /// <summary>All stored documents, by name.</summary>
    public async Task<IReadOnlyList<DocumentEntry>> ListAsync(CancellationToken cancellationToken)
    {
        List<DocumentEntry> entries = [];
        await foreach (BlobItem blob in _container.GetBlobsAsync(new GetBlobsOptions { Traits = BlobTraits.Metadata }, cancellationToken))
        {
            if (!blob.Metadata.ContainsKey(OnlyMark))
            {
                entries.Add(new DocumentEntry(
                    blob.Name, blob.Properties.ContentType, blob.Properties.ContentLength ?? 0,
                    VersionOf(blob.Properties.ContentHash, blob.Properties.ETag!.Value), blob.Properties.LastModified!.Value));
            }
        }

        return entries;
    }

    /// <summary>The versions of everything that bears on documents, by name: changes when a document, or whether it has one to wait with, does.</summary>
    public async Task<IReadOnlyDictionary<string, string>> VersionsAsync(CancellationToken cancellationToken)
    {
        var versions = new Dictionary<string, string>(StringComparer.Ordinal);
        await foreach (BlobItem blob in _container.GetBlobsAsync(new GetBlobsOptions(), cancellationToken))
        {
            versions[blob.Name] = blob.Properties.ETag!.Value.ToString("H");
        }

        return versions;
    }

    /// <summary>
    /// Stores a document. Where it is stored already, with the very same text, that is no conflict whatever the condition: the answer
    /// to an earlier try may have been lost.
    /// </summary>
    /// <param name="name">Its name.</param>
    /// <param name="text">Its text, validated.</param>
    /// <param name="contentType">Its content type.</param>
    /// <param name="condition">What must be there for it to be stored.</param>
    /// <param name="cancellationToken">Cancels the writing.</param>
    /// <returns>What became of it, and what is stored now; null where another document is.</returns>
    public async Task<(DocumentWrite Outcome, DocumentRead? Now)> WriteAsync(
        string name, byte[] text, string contentType, DocumentCondition condition, CancellationToken cancellationToken)
    {
        for (int conflicts = 0; ; conflicts++)
        {
            Current current = await CurrentAsync(name, cancellationToken);
            if (!condition.Holds(current.DocumentETag))
            {
                DocumentRead stored = await ReadAsync(name, cancellationToken);
                if (stored.Document is null || !stored.Document.Text.AsSpan().SequenceEqual(text))
                {
                    return (DocumentWrite.PreconditionFailed, null);
                }

                await MarkAsync(name, cancellationToken);
                return (DocumentWrite.Replaced, stored);
            }

            try
            {
                // A document that was stored after the one for those who wait has to take over its mark.
                Dictionary<string, string> metadata = [];
                if (current.HasWait || await ExistsAsync(name + DocumentName.WaitSuffix, cancellationToken))
                {
                    metadata[WaitMark] = Yes;
                }

                BlobContentInfo written = await _container.GetBlobClient(name).UploadAsync(
                    BinaryData.FromBytes(text),
                    new BlobUploadOptions
                    {
                        HttpHeaders = new BlobHttpHeaders { ContentType = contentType },
                        Metadata = metadata,
                        Conditions = current.Unchanged,
                    },
                    cancellationToken);
                await MarkAsync(name, cancellationToken);
                var document = new StoredDocument(name, text, contentType, VersionOf(written.ContentHash, written.ETag), written.LastModified);
                return (
                    current.DocumentETag is null ? DocumentWrite.Created : DocumentWrite.Replaced,
                    new DocumentRead(document, metadata.Count > 0, written.ETag.ToString("H")));
            }
            catch (RequestFailedException exception) when (exception.Status is 409 or 412 && conflicts < MaxConflicts)
            {
                // Somebody else wrote in between: look again whether the condition still holds.
            }
        }
    }

    /// <summary>Deletes a document.</summary>
    public async Task<DocumentWrite> DeleteAsync(string name, DocumentCondition condition, CancellationToken cancellationToken)
    {
        for (int conflicts = 0; ; conflicts++)
        {
            Current current = await CurrentAsync(name, cancellationToken);
            if (current.DocumentETag is null)
            {
                // What was left behind by a deletion that was cut short goes with the next one. Gone after a conflict, it may have
                // been deleted by the very try whose answer was lost.
                await MarkAsync(name, cancellationToken);
                return conflicts > 0 ? DocumentWrite.Deleted : DocumentWrite.NotFound;
            }

            if (!condition.Holds(current.DocumentETag))
            {
                return DocumentWrite.PreconditionFailed;
            }

            try
            {
                await RemoveAsync(name, current, cancellationToken);
                await MarkAsync(name, cancellationToken);
                return DocumentWrite.Deleted;
            }
            catch (RequestFailedException exception) when (exception.Status is 404 or 409 or 412 && conflicts < MaxConflicts)
            {
                // Somebody else wrote in between.
            }
        }
    }

    private Task RemoveAsync(string name, Current current, CancellationToken cancellationToken) => current.HasWait
        ? PutMarkerAsync(name, current.Unchanged, cancellationToken)
        : _container.GetBlobClient(name).DeleteAsync(conditions: current.Unchanged, cancellationToken: cancellationToken);

    /// <summary>Notes, on the document that people wait for, whether the one to wait with is stored now.</summary>
    private async Task MarkAsync(string waitName, CancellationToken cancellationToken)
    {
        if (!waitName.EndsWith(DocumentName.WaitSuffix, StringComparison.Ordinal) || waitName.Length == DocumentName.WaitSuffix.Length)
        {
            return;
        }

        string name = waitName[..^DocumentName.WaitSuffix.Length];
        for (int conflicts = 0; ; conflicts++)
        {
            Current current = await CurrentAsync(name, cancellationToken);
            bool stored = await ExistsAsync(waitName, cancellationToken);
            if (current.HasWait == stored)
            {
                return;
            }

            try
            {
                await SetMarkAsync(name, current, stored, cancellationToken);
                return;
            }
            catch (RequestFailedException exception) when (exception.Status is 404 or 409 or 412 && conflicts < MaxConflicts)
            {
                // Somebody else wrote in between.
            }
        }
    }

    private Task SetMarkAsync(string name, Current current, bool stored, CancellationToken cancellationToken)
    {
        BlobClient blob = _container.GetBlobClient(name);
        return (current.DocumentETag, stored) switch
        {
            (null, true) => PutMarkerAsync(name, current.Unchanged, cancellationToken),
            (null, false) => blob.DeleteAsync(conditions: current.Unchanged, cancellationToken: cancellationToken),
            (_, true) => blob.SetMetadataAsync(new Dictionary<string, string> { [WaitMark] = Yes }, current.Unchanged, cancellationToken),
            (_, false) => blob.SetMetadataAsync(new Dictionary<string, string>(), current.Unchanged, cancellationToken),
        };
    }

    private Task<Response<BlobContentInfo>> PutMarkerAsync(string name, BlobRequestConditions conditions, CancellationToken cancellationToken) =>
        _container.GetBlobClient(name).UploadAsync(
            BinaryData.FromString(""),
            new BlobUploadOptions
            {
                Metadata = new Dictionary<string, string> { [WaitMark] = Yes, [OnlyMark] = Yes },
                Conditions = conditions,
            },
            cancellationToken);

    private async Task<bool> ExistsAsync(string name, CancellationToken cancellationToken) =>
        (await CurrentAsync(name, cancellationToken)).DocumentETag is not null;

    private async Task<Current> CurrentAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            BlobProperties properties = await _container.GetBlobClient(name).GetPropertiesAsync(cancellationToken: cancellationToken);
            return new Current(
                properties.ETag, VersionOf(properties.ContentHash, properties.ETag), properties.Metadata.ContainsKey(OnlyMark), properties.Metadata.ContainsKey(WaitMark));
        }
        catch (RequestFailedException exception) when (IsAbsent(exception))
        {
            return new Current(null, null, false, false);
        }
    }

    /// <summary>
    /// The version of a document: of its text alone, so that it stays the same when a document to wait with comes or goes. A blob
    /// without a hash, which others may have put there, has its ETag.
    /// </summary>
    private static string VersionOf(byte[]? hash, ETag etag) => hash is { Length: > 0 } ? $"\"{Convert.ToHexStringLower(hash)}\"" : etag.ToString("H");

    // Any other 404 says nothing about the document.
    private static bool IsAbsent(RequestFailedException exception) =>
        exception.ErrorCode == BlobErrorCode.BlobNotFound || exception.ErrorCode == BlobErrorCode.ContainerNotFound;

    /// <summary>What is stored under a name right now.</summary>
    private sealed record Current(ETag? ETag, string? Version, bool IsMarker, bool HasWait)
    {
        public string? DocumentETag => IsMarker ? null : Version;

        public BlobRequestConditions Unchanged => ETag is { } etag
            ? new BlobRequestConditions { IfMatch = etag }
            : new BlobRequestConditions { IfNoneMatch = Azure.ETag.All };
    }
}
