using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Specialized;
using ConferenceFunctions.Core.Storage;

namespace ConferenceFunctions.Benchmarks.Limits;

/// <summary>Copies what a URL gives to a blob, and nothing else: no check, no hash, no row.</summary>
internal sealed class BareCopy(string connection) : IDisposable
{
    private readonly HttpClient _http = new();
    private readonly BlobContainerClient _container = new(connection, StorageNames.RecordingContainer);

    /// <summary>Copies.</summary>
    /// <param name="arguments">The URL and the name of the blob.</param>
    public async Task CopyAsync(string[] arguments)
    {
        using HttpResponseMessage response = await _http.GetAsync(new Uri(arguments[0]), HttpCompletionOption.ResponseHeadersRead);
        await using Stream source = await response.EnsureSuccessStatusCode().Content.ReadAsStreamAsync();
        await using Stream target = await _container.GetBlockBlobClient(arguments[1]).OpenWriteAsync(overwrite: true);
        await source.CopyToAsync(target);
    }

    /// <inheritdoc />
    public void Dispose() => _http.Dispose();
}
