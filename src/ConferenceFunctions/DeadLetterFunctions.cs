using ConferenceFunctions.Core;
using ConferenceFunctions.Core.Conferences;
using ConferenceFunctions.Core.DeadLetters;
using ConferenceFunctions.Core.SignalWire;
using ConferenceFunctions.Core.Storage;
using ConferenceFunctions.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace ConferenceFunctions;

/// <summary>What could not be applied: to look at, to try again, to discard.</summary>
public sealed class DeadLetterFunctions(DeadLetterStore store, DeadLetterReplay replay, PublicUrls urls, HttpAnswers answers)
{
    private const int DefaultLimit = 100;
    private const int MaxLimit = 1000;

    private static readonly string[] Queues = [StorageNames.CallbackQueue, StorageNames.RecordingQueue];

    /// <summary>Dead letters, latest first, paged.</summary>
    [Function(nameof(ListDeadLetters))]
    public Task ListDeadLetters(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "dead-letters")] HttpRequest request,
        CancellationToken cancellationToken) => answers.AnswerAsync(request, async () =>
        {
            QueryParameters query = Read(request, out DeadLetterFilter filter, out string? cursor, out int limit);
            (IReadOnlyList<DeadLetter> letters, string? next) = await store.ListAsync(filter, cursor, limit, cancellationToken);
            return new JsonAnswer<Page<DeadLetter>>(new(letters, query.Next(urls, next)), ApiJson.Default.PageDeadLetter);
        });

    /// <summary>A dead letter.</summary>
    [Function(nameof(GetDeadLetter))]
    public Task GetDeadLetter(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "dead-letters/{id}")] HttpRequest request,
        string id,
        CancellationToken cancellationToken) => answers.AnswerAsync(request, async () =>
        {
            QueryParameters.Read(request);
            return await store.FindAsync(id, cancellationToken) is { } letter
                ? new JsonAnswer<DeadLetter>(letter, ApiJson.Default.DeadLetter)
                : NoLetter();
        });

    /// <summary>Its body, byte for byte.</summary>
    [Function(nameof(GetDeadLetterBody))]
    public Task GetDeadLetterBody(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "dead-letters/{id}/body")] HttpRequest request,
        string id,
        CancellationToken cancellationToken) => answers.AnswerAsync(request, async () =>
        {
            QueryParameters.Read(request);
            return await store.FindAsync(id, cancellationToken) is not { } letter ? NoLetter()
                : await store.ReadBodyAsync(letter, cancellationToken) is { } body ? new DownloadAnswer(body, letter.Id)
                : NoBody();
        });

    /// <summary>Puts a dead letter back into its queue.</summary>
    [Function(nameof(ReplayDeadLetter))]
    public Task ReplayDeadLetter(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "dead-letters/{id}/replay")] HttpRequest request,
        string id,
        CancellationToken cancellationToken) => answers.AnswerAsync(request, async () =>
        {
            QueryParameters.Read(request);
            return await replay.ReplayAsync(id, cancellationToken) switch
            {
                TakeOutcome.Taken => new JsonAnswer<DeadLetterReplayed>(new(id), ApiJson.Default.DeadLetterReplayed),
                TakeOutcome.WithoutBody => NoBody(),
                _ => NoLetter(),
            };
        });

    /// <summary>Puts a range of dead letters back into their queues, so many a call; the answer says where to go on.</summary>
    [Function(nameof(ReplayDeadLetters))]
    public Task ReplayDeadLetters(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "dead-letters/replay")] HttpRequest request,
        CancellationToken cancellationToken) => answers.AnswerAsync(request, async () =>
        {
            QueryParameters query = Read(request, out DeadLetterFilter filter, out string? cursor, out int limit);
            (int replayed, int failed, string? next) = await replay.ReplayAsync(filter, cursor, limit, cancellationToken);
            return new JsonAnswer<ReplayProgress>(new(replayed, failed, query.Next(urls, next)), ApiJson.Default.ReplayProgress);
        });

    /// <summary>Discards a dead letter for good.</summary>
    [Function(nameof(DiscardDeadLetter))]
    public Task DiscardDeadLetter(
        [HttpTrigger(AuthorizationLevel.Function, "delete", Route = "dead-letters/{id}")] HttpRequest request,
        string id,
        CancellationToken cancellationToken) => answers.AnswerAsync(request, async () =>
        {
            QueryParameters.Read(request);
            return await store.DiscardAsync(id, cancellationToken) ? Results.NoContent() : NoLetter();
        });

    private static QueryParameters Read(HttpRequest request, out DeadLetterFilter filter, out string? cursor, out int limit)
    {
        var query = QueryParameters.Read(request, "queue", "reason", "from", "to", "limit", "cursor");
        filter = new DeadLetterFilter
        {
            Queue = query.Word("queue", Queues),
            Reason = query.Word("reason", DeadLetterReason.All),
            From = query.Time("from"),
            To = query.Time("to", endOfDay: true),
        };
        cursor = query.Text("cursor");
        limit = query.Number("limit", DefaultLimit, 1, MaxLimit);
        return filter.From > filter.To ? throw new BadHttpRequestException("'from' is after 'to'.")
            : cursor is not null && !DeadLetterStore.IsCursor(cursor)
                ? throw new BadHttpRequestException("'cursor' is none of ours. Take it from the 'next' of the page before, or leave it out.")
            : query;
    }

    private static Problem NoBody() => new(
        StatusCodes.Status410Gone, "The body of the dead letter is gone: somebody deleted its blob. There is nothing to replay; discard it.");

    private static Problem NoLetter() => Problem.NotFound("There is no dead letter of that id. It may have been replayed or discarded.");
}
