using ConferenceFunctions.Core;
using ConferenceFunctions.Core.Conferences;

namespace ConferenceFunctions.OpenApi;

/// <summary>Operations that answer questions about conferences.</summary>
internal static class ConferenceOperations
{
    public const string Area = "conferences";

    private const int DefaultLimit = 100;
    private const int MaxLimit = 1000;

    public static readonly OperationParameter Id =
        OperationParameter.Path("id", "The conference's id. Escape it: it may have any character.", Examples.Conference.ConferenceId);

    public static readonly OperationProblem NoConference = new(
        404, "There is no such conference, or it was erased.",
        "There is no conference of that id. It may have been erased, or its first event is still to be applied.");

    public static readonly OperationProblem BadParameter = new(
        400, "A parameter is unknown, or takes something else. `detail` says what.", "'limit' takes a whole number from 1 to 1000.");

    public static IReadOnlyList<Operation> All { get; } =
    [
        new(nameof(QueryFunctions.ListConferences), ["get"], "conferences", Area, OperationAccess.FunctionKey, "List conferences")
        {
            Description = "The latest to start first; with `name_prefix` by name. Filters are taken together. A page may have fewer items " +
                "than asked for, or none, and yet a `next`.",
            Parameters =
            [
                OperationParameter.Flag("live", "Only those in progress, or only those that are not."),
                OperationParameter.Query("name", "Only those of exactly that name.", "team_meeting"),
                OperationParameter.Query("name_prefix", "Only those whose name begins so.", "team_"),
                OperationParameter.Query("document", "Only those of that document.", "room"),
                OperationParameter.Query("from", "Only those that went on at that time or later: a time (RFC 3339), or the beginning of a day in UTC.", "2026-01-31"),
                OperationParameter.Query("to", "Only those that had started before that time: a time (RFC 3339), or the end of a day in UTC.", "2026-01-31T12:00:00Z"),
                OperationParameter.Limit(DefaultLimit, MaxLimit),
                OperationParameter.Cursor("bGl2ZQo4MjMyNzc0Mzk5OTk5OTk5X2Mx"),
            ],
            Answers = [OperationAnswer.Json("A page of conferences.", ApiJson.Default.PageConference, new Page<Conference>([Examples.Conference with { Consistency = null }], Examples.Next("conferences?live=false")))],
            Problems = [BadParameter],
        },
        new(nameof(QueryFunctions.GetConference), ["get"], "conferences/{id}", Area, OperationAccess.FunctionKey, "Get a conference")
        {
            Parameters = [Id, OperationParameter.Header("If-None-Match", "Version that is known already.", "\"5d41402abc4b2a76b9719d911017c592\"")],
            Answers =
            [
                OperationAnswer.Json("The conference.", ApiJson.Default.Conference, Examples.Conference) with
                {
                    Headers = new Dictionary<string, string> { ["ETag"] = "Its version: changes with anything that is shown." },
                },
                OperationAnswer.Empty(304, "It is still what `If-None-Match` names."),
            ],
            Problems = [BadParameter, NoConference],
        },
        new(nameof(RetentionFunctions.EraseConference), ["delete"], "conferences/{id}", Area, OperationAccess.FunctionKey, "Erase a conference for good")
        {
            Description = "With everything that belongs to it, recordings included. A late callback does not bring it back.",
            Parameters = [Id],
            Answers = [OperationAnswer.Empty(204, "Everything is gone.")],
            Problems = [BadParameter, NoConference],
        },
        new(nameof(QueryFunctions.GetParticipants), ["get"], "conferences/{id}/participants", Area, OperationAccess.FunctionKey, "Get its participants")
        {
            Description = "Who was there, when, and for how long; in the order in which they joined.",
            Parameters = [Id],
            Answers = [OperationAnswer.Json("All participants.", ApiJson.Default.PageParticipant, new Page<Participant>([Examples.Participant], null))],
            Problems = [BadParameter, NoConference],
        },
        new(nameof(QueryFunctions.GetParticipantsCsv), ["get"], "conferences/{id}/participants.csv", Area, OperationAccess.FunctionKey, "Get its participants as CSV")
        {
            Description = "A row a stint, and a row of totals (RFC 4180, UTF-8). What a spreadsheet would take for a formula has an apostrophe before it.",
            Parameters = [Id],
            Answers = [OperationAnswer.Text("All participants.", "text/csv", Examples.Csv)],
            Problems = [BadParameter, NoConference],
        },
        new(nameof(QueryFunctions.GetTimeline), ["get"], "conferences/{id}/timeline", Area, OperationAccess.FunctionKey, "Get its timeline")
        {
            Description = "When each participant was present, muted, held, speaking and coaching, and for how long together. Whatever was on ends with " +
                "the stay during which it began, and with the conference. At one time, who is inside leaves first, and of the other events the greater `id` counts last.",
            Parameters = [Id],
            Answers = [OperationAnswer.Json("The timeline.", ApiJson.Default.Timeline, Examples.Timeline)],
            Problems = [BadParameter, NoConference],
        },
        new(nameof(QueryFunctions.GetEvents), ["get"], "conferences/{id}/events", Area, OperationAccess.FunctionKey, "Get its events")
        {
            Description = "What SignalWire said, in the order in which it happened. A page may have fewer items than asked for and yet a `next`.",
            Parameters = [Id, OperationParameter.Limit(DefaultLimit, MaxLimit), OperationParameter.Cursor(Examples.EventCursor)],
            Answers = [OperationAnswer.Json("A page of events.", ApiJson.Default.PageConferenceLogEntry, new Page<ConferenceLogEntry>([Examples.Event], Examples.Next($"conferences/{Examples.Conference.ConferenceId}/events?limit=1")))],
            Problems = [BadParameter, NoConference],
        },
    ];
}
