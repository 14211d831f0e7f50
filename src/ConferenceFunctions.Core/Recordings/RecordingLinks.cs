using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Sas;
using ConferenceFunctions.Core.Storage;

namespace ConferenceFunctions.Core.Recordings;

/// <summary>
/// Makes links to audio: shared access signatures, by a user delegation key where we have an identity, by the account's key where we
/// have a connection string.
/// </summary>
public sealed class RecordingLinks : IDisposable
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan KeyLifetime = TimeSpan.FromHours(6);

    // The clock of the storage service may be behind ours.
    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(5);

    private readonly BlobServiceClient _blobs;
    private readonly TimeProvider _time;
    private readonly SemaphoreSlim _gate = new(1);
    private UserDelegationKey? _key;

    /// <summary>Makes links into the account.</summary>
    public RecordingLinks(StorageAccount account, TimeProvider time)
        : this(account.Blobs, time)
    {
    }

    internal RecordingLinks(BlobServiceClient blobs, TimeProvider time) => (_blobs, _time) = (blobs, time);

    /// <inheritdoc />
    public void Dispose() => _gate.Dispose();

    /// <summary>A link to the audio of a recording; null where it is not archived.</summary>
    public async Task<RecordingLink?> CreateAsync(Recording recording, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(recording);
        if (recording is not { Status: RecordingStatus.Archived, Blob: { } name, ContentType: { } contentType })
        {
            return null;
        }

        BlobClient blob = _blobs.GetBlobContainerClient(StorageNames.RecordingContainer).GetBlobClient(name);
        DateTimeOffset now = _time.GetUtcNow();
        var sas = new BlobSasBuilder(BlobSasPermissions.Read, now + Lifetime)
        {
            BlobContainerName = blob.BlobContainerName,
            BlobName = blob.Name,
            Resource = "b",
            Protocol = blob.Uri.Scheme == Uri.UriSchemeHttps ? SasProtocol.Https : SasProtocol.HttpsAndHttp,
            ContentType = contentType,
        };
        if (blob.CanGenerateSasUri)
        {
            return new RecordingLink(blob.GenerateSasUri(sas).AbsoluteUri, sas.ExpiresOn, contentType);
        }

        var url = new BlobUriBuilder(blob.Uri) { Sas = sas.ToSasQueryParameters(await KeyAsync(now, cancellationToken), _blobs.AccountName) };
        return new RecordingLink(url.ToUri().AbsoluteUri, sas.ExpiresOn, contentType);
    }

    private async Task<UserDelegationKey> KeyAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            // No link may outlive the key that signed it.
            if (_key is null || _key.SignedExpiresOn < now + Lifetime + ClockSkew)
            {
                _key = await _blobs.GetUserDelegationKeyAsync(now - ClockSkew, now + KeyLifetime, cancellationToken);
            }

            return _key;
        }
        finally
        {
            _gate.Release();
        }
    }
}
