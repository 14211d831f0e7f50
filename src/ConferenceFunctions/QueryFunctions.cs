using ConferenceFunctions.Core;
using ConferenceFunctions.Core.Conferences;
using ConferenceFunctions.Core.Recordings;
using ConferenceFunctions.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace ConferenceFunctions;

/// <summary>Answers questions about conferences.</summary>
public sealed class QueryFunctions(ConferenceReader reader, HttpAnswers answers)
{
    private const int DefaultLimit = 100;
    private const int MaxLimit = 1000;

    /// <summary>A conference.</summary>
    [Function(nameof(GetConference))]
    public Task GetConference(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "conferences/{id}")] HttpRequest request,
        string id,
        CancellationToken cancellationToken) => answers.AnswerAsync(request, async () =>
            await reader.FindAsync(Id(request, id), cancellationToken) is { } conference
                ? new JsonAnswer<Conference>(conference, ApiJson.Default.Conference)
                : NoConference());

    /// <summary>Its participants.</summary>
    [Function(nameof(GetParticipants))]
    public Task GetParticipants(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "conferences/{id}/participants")] HttpRequest request,
        string id,
        CancellationToken cancellationToken) => answers.AnswerAsync(request, async () =>
            await reader.ParticipantsAsync(Id(request, id), cancellationToken) is { } participants
                ? new JsonAnswer<Page<Participant>>(new(participants, null), ApiJson.Default.PageParticipant)
                : NoConference());

    /// <summary>Its event log, in order, paged.</summary>
    [Function(nameof(GetEvents))]
    public Task GetEvents(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "conferences/{id}/events")] HttpRequest request,
        string id,
        CancellationToken cancellationToken) => answers.AnswerAsync(request, async () =>
        {
            string limitText = request.Query["limit"].ToString();
            int limit = DefaultLimit;
            if (limitText.Length > 0 && (!int.TryParse(limitText, out limit) || limit is < 1 or > MaxLimit))
            {
                return Problem.BadRequest($"'limit' is a number from 1 to {MaxLimit}.");
            }

            string? cursor = request.Query["cursor"];
            if (await reader.EventsAsync(Id(request, id), cursor, limit, cancellationToken) is not { } page)
            {
                return NoConference();
            }

            string? next = page.After is null ? null : $"?limit={limit}&cursor={Uri.EscapeDataString(page.After)}";
            return new JsonAnswer<Page<ConferenceLogEntry>>(new(page.Events, next), ApiJson.Default.PageConferenceLogEntry);
        });

    /// <summary>Its recordings.</summary>
    [Function(nameof(GetRecordings))]
    public Task GetRecordings(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "conferences/{id}/recordings")] HttpRequest request,
        string id,
        CancellationToken cancellationToken) => answers.AnswerAsync(request, async () =>
            await reader.RecordingsAsync(Id(request, id), cancellationToken) is { } recordings
                ? new JsonAnswer<Page<Recording>>(new(recordings, null), ApiJson.Default.PageRecording)
                : NoConference());

    private static string Id(HttpRequest request, string routeValue) => RawTarget.SegmentAfter(request, "conferences", routeValue);

    private static Problem NoConference() => Problem.NotFound("There is no conference of that id. It may have been erased, or its first event is still to be applied.");
}
