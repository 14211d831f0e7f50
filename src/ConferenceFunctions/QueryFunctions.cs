using ConferenceFunctions.Core;
using ConferenceFunctions.Core.Conferences;
using ConferenceFunctions.Core.SignalWire;
using ConferenceFunctions.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace ConferenceFunctions;

/// <summary>Answers questions about conferences.</summary>
public sealed class QueryFunctions(ConferenceReader reader, ConferenceList list, PublicUrls urls, HttpAnswers answers)
{
    private const int DefaultLimit = 100;
    private const int MaxLimit = 1000;

    /// <summary>Conferences, latest first, paged.</summary>
    [Function(nameof(ListConferences))]
    public Task ListConferences(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "conferences")] HttpRequest request,
        CancellationToken cancellationToken) => answers.AnswerAsync(request, async () =>
        {
            var query = QueryParameters.Read(request, "live", "name", "name_prefix", "document", "from", "to", "limit", "cursor");
            var filter = new ConferenceFilter
            {
                Live = query.Flag("live"),
                Name = query.Text("name"),
                NamePrefix = query.Text("name_prefix"),
                Document = query.Text("document"),
                From = query.Time("from"),
                To = query.Time("to", endOfDay: true),
            };
            if (filter.From >= filter.To)
            {
                return Problem.BadRequest("'from' is not before 'to'.");
            }

            if (query.Text("cursor") is { } place && !ConferenceList.IsCursor(place))
            {
                return NoCursor();
            }

            (IReadOnlyList<Conference> conferences, string? cursor) =
                await list.ReadAsync(filter, query.Text("cursor"), query.Number("limit", DefaultLimit, 1, MaxLimit), cancellationToken);
            return new JsonAnswer<Page<Conference>>(new(conferences, query.Next(urls, cursor)), ApiJson.Default.PageConference);
        });

    /// <summary>A conference.</summary>
    [Function(nameof(GetConference))]
    public Task GetConference(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "conferences/{id}")] HttpRequest request,
        string id,
        CancellationToken cancellationToken) => answers.AnswerAsync(request, async () =>
        {
            QueryParameters.Read(request);
            return await reader.FindAsync(Id(request, id), cancellationToken) is { } found
                ? new JsonAnswer<Conference>(found.Conference, ApiJson.Default.Conference) { ETag = found.ETag }
                : NoConference();
        });

    /// <summary>Its participants.</summary>
    [Function(nameof(GetParticipants))]
    public Task GetParticipants(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "conferences/{id}/participants")] HttpRequest request,
        string id,
        CancellationToken cancellationToken) => answers.AnswerAsync(request, async () =>
        {
            QueryParameters.Read(request);
            return await reader.ParticipantsAsync(Id(request, id), cancellationToken) is { } participants
                ? new JsonAnswer<Page<Participant>>(new(participants, null), ApiJson.Default.PageParticipant)
                : NoConference();
        });

    /// <summary>Its participants as CSV.</summary>
    [Function(nameof(GetParticipantsCsv))]
    public Task GetParticipantsCsv(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "conferences/{id}/participants.csv")] HttpRequest request,
        string id,
        CancellationToken cancellationToken) => answers.AnswerAsync(request, async () =>
        {
            QueryParameters.Read(request);
            return await reader.ParticipantsAsync(Id(request, id), cancellationToken) is { } participants ? new CsvAnswer(participants) : NoConference();
        });

    /// <summary>What its participants were doing, and when.</summary>
    [Function(nameof(GetTimeline))]
    public Task GetTimeline(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "conferences/{id}/timeline")] HttpRequest request,
        string id,
        CancellationToken cancellationToken) => answers.AnswerAsync(request, async () =>
        {
            QueryParameters.Read(request);
            return await reader.TimelineAsync(Id(request, id), cancellationToken) is { } timeline
                ? new JsonAnswer<Timeline>(timeline, ApiJson.Default.Timeline)
                : NoConference();
        });

    /// <summary>Its event log, in order, paged.</summary>
    [Function(nameof(GetEvents))]
    public Task GetEvents(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "conferences/{id}/events")] HttpRequest request,
        string id,
        CancellationToken cancellationToken) => answers.AnswerAsync(request, async () =>
        {
            var query = QueryParameters.Read(request, "limit", "cursor");
            if (query.Text("cursor") is { } place && !ConferenceReader.IsCursor(place))
            {
                return NoCursor();
            }

            return await reader.EventsAsync(Id(request, id), query.Text("cursor"), query.Number("limit", DefaultLimit, 1, MaxLimit), cancellationToken) is { } page
                ? new JsonAnswer<Page<ConferenceLogEntry>>(new(page.Events, query.Next(urls, page.After)), ApiJson.Default.PageConferenceLogEntry)
                : NoConference();
        });

    private static string Id(HttpRequest request, string routeValue) => RawTarget.SegmentAfter(request, "conferences", routeValue);

    private static Problem NoCursor() => Problem.BadRequest("'cursor' is none of ours. Take it from the 'next' of the page before, or leave it out.");

    internal static Problem NoConference() => Problem.NotFound("There is no conference of that id. It may have been erased, or its first event is still to be applied.");
}
