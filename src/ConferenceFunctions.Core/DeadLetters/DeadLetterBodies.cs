using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using ConferenceFunctions.Core.Storage;

namespace ConferenceFunctions.Core.DeadLetters;

/// <summary>The bodies of dead letters: blobs of the container <c>deadletters</c>.</summary>
internal sealed class DeadLetterBodies(StorageAccount account)
{
    // No escaped id is that.
    private const string NoConference = "_";

    private readonly BlobContainerClient _container = account.Blobs.GetBlobContainerClient(StorageNames.DeadLetterContainer);

    /// <summary>Writes the body of a letter.</summary>
    /// <returns>The blob's name.</returns>
    public async Task<string> WriteAsync(NewDeadLetter letter, string hash, CancellationToken cancellationToken)
    {
        string blob = FolderOf(letter.ConferenceId) + hash;
        await _container.GetBlobClient(blob).UploadAsync(BinaryData.FromBytes(letter.Body), overwrite: true, cancellationToken);
        return blob;
    }

    /// <summary>A body; null where there is none.</summary>
    public async Task<BinaryData?> ReadAsync(string blob, CancellationToken cancellationToken)
    {
        try
        {
            return (await _container.GetBlobClient(blob).DownloadContentAsync(cancellationToken)).Value.Content;
        }
        catch (RequestFailedException exception) when (exception.Status == 404)
        {
            return null;
        }
    }

    /// <summary>The version of a body; null where there is none.</summary>
    public async Task<ETag?> VersionAsync(string blob, CancellationToken cancellationToken)
    {
        try
        {
            return (await _container.GetBlobClient(blob).GetPropertiesAsync(cancellationToken: cancellationToken)).Value.ETag;
        }
        catch (RequestFailedException exception) when (exception.Status == 404)
        {
            return null;
        }
    }

    /// <summary>Deletes a body, unless it was written anew since that version: then the same failed again.</summary>
    public async Task DeleteAsync(string blob, ETag version, CancellationToken cancellationToken)
    {
        try
        {
            await _container.GetBlobClient(blob).DeleteIfExistsAsync(
                conditions: new BlobRequestConditions { IfMatch = version }, cancellationToken: cancellationToken);
        }
        catch (RequestFailedException exception) when (exception.Status == 412)
        {
            // It is the body of another letter now.
        }
    }

    /// <summary>Deletes all bodies of a conference, also those that a crash left without a row.</summary>
    public Task EraseAsync(string conferenceId, CancellationToken cancellationToken) =>
        DeleteAllAsync(FolderOf(conferenceId), _ => true, cancellationToken);

    /// <summary>Deletes all bodies that were written before that time.</summary>
    public Task DeleteOlderAsync(DateTimeOffset time, CancellationToken cancellationToken) =>
        DeleteAllAsync(null, blob => blob.Properties.LastModified < time, cancellationToken);

    private async Task DeleteAllAsync(string? prefix, Func<BlobItem, bool> isMeant, CancellationToken cancellationToken)
    {
        await foreach (BlobItem blob in _container.GetBlobsAsync(new GetBlobsOptions { Prefix = prefix }, cancellationToken))
        {
            if (isMeant(blob))
            {
                await _container.DeleteBlobIfExistsAsync(blob.Name, cancellationToken: cancellationToken);
            }
        }
    }

    /// <summary>Where the bodies are of the letters of a conference, so that they are found even without their rows.</summary>
    private static string FolderOf(string? conferenceId) => (conferenceId is null ? NoConference : StorageKey.Escape(conferenceId)) + "/";
}
