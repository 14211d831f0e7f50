using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Azure;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using ConferenceFunctions.Core.Callbacks;
using ConferenceFunctions.Core.Storage;

namespace ConferenceFunctions.Core.DeadLetters;

/// <summary>Keeps dead letters: a row in the table <c>deadletters</c>, the body in a blob.</summary>
/// <remarks>
/// What fails in the same way with the same body is one letter, seen again. So there are two rows a letter: one by time, for lists,
/// and one by hash, which leads to it.
/// </remarks>
public sealed class DeadLetterStore(StorageAccount account, ConferenceTelemetry telemetry, TimeProvider time)
{
    private const string Partition = "letters";
    private const string HashPrefix = "h_";
    private const string LetterPrefix = "l_";
    private const int MaxConflicts = 20;

    private readonly TableClient _table = account.Tables.GetTableClient(StorageNames.DeadLetterTable);
    private readonly BlobContainerClient _container = account.Blobs.GetBlobContainerClient(StorageNames.DeadLetterContainer);

    /// <summary>Keeps a letter. One that is there already is noted as seen again.</summary>
    public async Task AddAsync(NewDeadLetter letter, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(letter);
        string hash = HashOf(letter);
        for (int conflicts = 0; ; conflicts++)
        {
            try
            {
                NullableResponse<TableEntity> known = await _table.GetEntityIfExistsAsync<TableEntity>(Partition, HashPrefix + hash, cancellationToken: cancellationToken);
                if (known.HasValue)
                {
                    await SeeAgainAsync(known.Value!.GetString("letter"), letter, cancellationToken);
                }
                else
                {
                    await AddAsync(letter, hash, cancellationToken);
                    telemetry.DeadLettered(letter.Queue, letter.Reason);
                }

                return;
            }
            catch (RequestFailedException exception) when (exception.Status is 404 or 409 or 412 && conflicts < MaxConflicts)
            {
                // Somebody else added, saw or discarded it in between.
            }
        }
    }

    private async Task AddAsync(NewDeadLetter letter, string hash, CancellationToken cancellationToken)
    {
        // The blob first: a row must never lead nowhere.
        await _container.GetBlobClient(hash).UploadAsync(BinaryData.FromBytes(letter.Body), overwrite: true, cancellationToken);
        DateTimeOffset now = time.GetUtcNow();
        string row = LetterPrefix + StorageKey.Descending(EventTime.From(now)) + "_" + hash;
        var entity = new TableEntity(Partition, row)
        {
            ["hash"] = hash,
            ["queue"] = letter.Queue,
            ["reason"] = letter.Reason,
            ["content"] = letter.Content.ToString(),
            ["error"] = letter.Error,
            ["exception_type"] = letter.ExceptionType,
            ["attempts"] = letter.Attempts,
            ["first_seen"] = now,
            ["last_seen"] = now,
            ["conference_id"] = letter.ConferenceId,
            ["document"] = letter.Document,
            ["received_at"] = letter.ReceivedAt,
            ["size"] = (long)letter.Body.Length,
        };
        await _table.SubmitTransactionAsync(
        [
            new TableTransactionAction(TableTransactionActionType.Add, new TableEntity(Partition, HashPrefix + hash) { ["letter"] = row }),
            new TableTransactionAction(TableTransactionActionType.Add, entity),
        ], cancellationToken);
    }

    private async Task SeeAgainAsync(string row, NewDeadLetter letter, CancellationToken cancellationToken)
    {
        TableEntity entity = await _table.GetEntityAsync<TableEntity>(Partition, row, cancellationToken: cancellationToken);
        var change = new TableEntity(Partition, row)
        {
            ["last_seen"] = time.GetUtcNow(),
            ["attempts"] = (entity.GetInt32("attempts") ?? 0) + letter.Attempts,
            ["error"] = letter.Error,
            ["exception_type"] = letter.ExceptionType,
        };
        await _table.UpdateEntityAsync(change, entity.ETag, TableUpdateMode.Merge, cancellationToken);
    }

    private static string HashOf(NewDeadLetter letter)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{letter.Queue}\n{letter.Reason}\n{letter.Content}\n{letter.Document}\n")));
        hash.AppendData(letter.Body.Span);
        return Convert.ToHexStringLower(hash.GetHashAndReset())[..32];
    }
}
