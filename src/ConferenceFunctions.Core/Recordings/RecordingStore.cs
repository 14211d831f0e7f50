using System.Globalization;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using ConferenceFunctions.Core.Conferences;
using ConferenceFunctions.Core.Storage;

namespace ConferenceFunctions.Core.Recordings;

/// <summary>
/// The blobs of recordings. One is there only whole: what can't be vouched for by the hash taken on the way in is read back before
/// anybody is told of it.
/// </summary>
internal sealed class RecordingStore(BlobContainerClient container)
{
    // All metadata of a blob together may have 8 KiB.
    private const int MaxValue = 1500;

    private const string SizeKey = "size";
    private const string Sha256Key = "sha256";

    /// <summary>Makes a complete download the blob of its recording, and verifies it.</summary>
    /// <returns>What is archived; null where what was there could not be vouched for, and is deleted.</returns>
    public static async Task<RecordingArchive?> CommitAsync(
        RecordingDownload download, RecordingJob job, RecordingSource source, ConferenceState conference, CancellationToken cancellationToken)
    {
        RecordingTransfer transfer = download.Transfer!;
        Dictionary<string, string> metadata = Metadata(job, source, conference, transfer);
        bool isOurs = !download.IsCommitted && await transfer.Upload.CommitAsync(transfer.Format.ContentType, metadata, cancellationToken);
        return isOurs && transfer.Sha256 is not null
            ? Archived(transfer.Upload.Blob, transfer.Format, transfer.Received, transfer.Sha256)
            : await VerifyAsync(transfer.Upload.Blob, cancellationToken);
    }

    /// <summary>Puts the manifest beside the audio.</summary>
    public Task DescribeAsync(string blob, RecordingManifest manifest, CancellationToken cancellationToken) =>
        container.GetBlobClient(ManifestOf(blob)).UploadAsync(
            manifest.Write(), new BlobUploadOptions { HttpHeaders = new BlobHttpHeaders { ContentType = "application/json" } }, cancellationToken);

    /// <summary>Whether a blob is there with as many bytes as were archived.</summary>
    public async Task<bool> HasAsync(string blob, long size, CancellationToken cancellationToken)
    {
        try
        {
            BlobProperties properties = await container.GetBlobClient(blob).GetPropertiesAsync(cancellationToken: cancellationToken);
            return properties.ContentLength == size;
        }
        catch (RequestFailedException exception) when (exception.Status == 404)
        {
            return false;
        }
    }

    /// <summary>Deletes a recording and its manifest.</summary>
    public async Task DeleteAsync(string blob, CancellationToken cancellationToken)
    {
        await container.GetBlobClient(blob).DeleteIfExistsAsync(cancellationToken: cancellationToken);
        await container.GetBlobClient(ManifestOf(blob)).DeleteIfExistsAsync(cancellationToken: cancellationToken);
    }

    /// <summary>Deletes all that there is of a recording, also what was fetched of it and is not yet whole.</summary>
    public Task EraseAsync(RecordingJob job, CancellationToken cancellationToken) =>
        EraseAllAsync(StorageKey.RecordingBlob(job.ConferenceId, job.RecordingId, extension: ""), cancellationToken);

    /// <summary>Deletes all that there is of the recordings of a conference.</summary>
    public Task EraseAsync(string conferenceId, CancellationToken cancellationToken) =>
        EraseAllAsync(StorageKey.RecordingBlobs(conferenceId), cancellationToken);

    private async Task EraseAllAsync(string prefix, CancellationToken cancellationToken)
    {
        var options = new GetBlobsOptions { Prefix = prefix, States = BlobStates.Uncommitted };
        await foreach (BlobItem item in container.GetBlobsAsync(options, cancellationToken))
        {
            BlobClient blob = container.GetBlobClient(item.Name);
            if (!await blob.DeleteIfExistsAsync(cancellationToken: cancellationToken))
            {
                // Blocks without a blob can't be deleted; writing a blob does away with them.
                await blob.UploadAsync(BinaryData.Empty, overwrite: true, cancellationToken);
                await blob.DeleteIfExistsAsync(cancellationToken: cancellationToken);
            }
        }
    }

    private static string ManifestOf(string blob) => $"{blob}.json";

    private static async Task<RecordingArchive?> VerifyAsync(BlockBlobClient blob, CancellationToken cancellationToken)
    {
        BlobAudit audit = await BlobAudit.ReadAsync(blob, cancellationToken);
        string? size = audit.Metadata.TryGetValue(SizeKey, out string? said) ? said : null;
        string? sha256 = audit.Metadata.TryGetValue(Sha256Key, out said) ? said : null;
        if (audit.Format is null || size != Text(audit.Size) || (sha256 is not null && sha256 != audit.Sha256))
        {
            await blob.DeleteIfExistsAsync(conditions: new BlobRequestConditions { IfMatch = audit.ETag }, cancellationToken: cancellationToken);
            return null;
        }

        if (sha256 is null)
        {
            audit.Metadata[Sha256Key] = audit.Sha256;
            await blob.SetMetadataAsync(audit.Metadata, new BlobRequestConditions { IfMatch = audit.ETag }, cancellationToken);
        }

        return Archived(blob, audit.Format, audit.Size, audit.Sha256);
    }

    private static RecordingArchive Archived(BlockBlobClient blob, AudioFormat format, long size, string sha256) => new()
    {
        Status = RecordingStatus.Archived,
        Blob = blob.Name,
        ContentType = format.ContentType,
        Size = size,
        Sha256 = sha256,
    };

    /// <summary>What a person wants to see beside the bytes. Metadata are headers: what they can't hold is escaped as in a URL.</summary>
    private static Dictionary<string, string> Metadata(RecordingJob job, RecordingSource source, ConferenceState conference, RecordingTransfer transfer)
    {
        (string Key, string? Value)[] values =
        [
            ("conference_id", job.ConferenceId),
            ("conference_name", conference.Name?.Value),
            ("recording_id", job.RecordingId),
            ("source", transfer.Version.Location),
            ("duration_seconds", source.Duration is { } duration ? duration.Value.ToString(CultureInfo.InvariantCulture) : null),
            (SizeKey, Text(transfer.Received)),
            (Sha256Key, transfer.Sha256),
        ];
        return values.Where(value => !string.IsNullOrEmpty(value.Value))
            .ToDictionary(value => value.Key, value => HeaderValue(value.Value!));
    }

    private static string HeaderValue(string value)
    {
        bool isPlain = value.All(c => c is >= ' ' and <= '~') && value.Trim() == value;
        string text = isPlain ? value : Uri.EscapeDataString(value);
        return text.Length <= MaxValue ? text : text[..MaxValue].TrimEnd();
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
