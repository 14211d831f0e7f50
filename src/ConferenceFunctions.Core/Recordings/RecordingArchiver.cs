using System.Security.Cryptography;
using Azure;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using ConferenceFunctions.Core.Conferences;
using ConferenceFunctions.Core.SignalWire;
using ConferenceFunctions.Core.Storage;
using Microsoft.Extensions.Options;

namespace ConferenceFunctions.Core.Recordings;

/// <summary>Fetches recordings into our own storage.</summary>
public sealed class RecordingArchiver(StorageAccount account, HttpClient http, IOptions<RecordingOptions> options, TimeProvider time)
{
    private const int BufferSize = 128 * 1024;

    private readonly TableClient _table = account.Tables.GetTableClient(StorageNames.ConferenceTable);
    private readonly BlobContainerClient _container = account.Blobs.GetBlobContainerClient(StorageNames.RecordingContainer);

    /// <summary>Archives a recording, unless it is archived already.</summary>
    /// <exception cref="HttpRequestException">It can't be fetched yet.</exception>
    public async Task ArchiveAsync(RecordingJob job, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(job);
        NullableResponse<TableEntity> entity = await _table.GetEntityIfExistsAsync<TableEntity>(
            StorageKey.Escape(job.ConferenceId), StorageKey.Recording(job.RecordingId), cancellationToken: cancellationToken);
        if (entity is not { HasValue: true, Value: { } stored })
        {
            return;
        }

        RecordingRow row = ConferenceEntities.ToRecording(stored);
        if (row.Archive.Status == RecordingStatus.Archived || row.Source.Url is not { } url)
        {
            return;
        }

        Uri source = Check(url.Value);
        RecordingArchive archive = await CopyAsync(source, $"{StorageKey.Escape(job.ConferenceId)}/{StorageKey.Escape(job.RecordingId)}.wav", cancellationToken);
        try
        {
            await _table.UpdateEntityAsync(
                (row with { Archive = archive with { Attempts = row.Archive.Attempts + 1 } }).ToEntity(job.ConferenceId),
                stored.ETag, TableUpdateMode.Replace, cancellationToken);
        }
        catch (RequestFailedException exception) when (exception.Status == 412)
        {
            // An event changed the row in between, or somebody else archived the recording.
            await ArchiveAsync(job, cancellationToken);
        }
    }

    private Uri Check(string url)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out Uri? source))
        {
            throw new FormatException("The recording's URL is none.");
        }

        bool allowed = source.Scheme == Uri.UriSchemeHttps && options.Value.AllowedHosts
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Any(host => host.StartsWith("*.", StringComparison.Ordinal)
                ? source.IdnHost.EndsWith(host[1..], StringComparison.OrdinalIgnoreCase)
                : source.IdnHost.Equals(host, StringComparison.OrdinalIgnoreCase));
        return allowed || (options.Value.AllowLoopback && PublicUrls.IsLoopback(source))
            ? source
            : throw new FormatException($"Recordings are not fetched from {source.Host}: it is not among Recordings__AllowedHosts.");
    }

    private async Task<RecordingArchive> CopyAsync(Uri source, string name, CancellationToken cancellationToken)
    {
        using HttpResponseMessage response = await http.GetAsync(source, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        response.EnsureSuccessStatusCode();
        await using Stream audio = await response.Content.ReadAsStreamAsync(cancellationToken);
        BlobClient blob = _container.GetBlobClient(name);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        long size = 0;
        await using (Stream target = await blob.OpenWriteAsync(overwrite: true, new BlobOpenWriteOptions
        {
            HttpHeaders = new BlobHttpHeaders { ContentType = "audio/wav" },
        }, cancellationToken))
        {
            byte[] buffer = new byte[BufferSize];
            for (int read; (read = await audio.ReadAsync(buffer, cancellationToken)) > 0; size += read)
            {
                hash.AppendData(buffer, 0, read);
                await target.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            }
        }

        return new RecordingArchive
        {
            Status = RecordingStatus.Archived,
            Blob = name,
            ContentType = "audio/wav",
            Size = size,
            Sha256 = Convert.ToHexStringLower(hash.GetHashAndReset()),
            ArchivedAt = time.GetUtcNow(),
        };
    }
}
