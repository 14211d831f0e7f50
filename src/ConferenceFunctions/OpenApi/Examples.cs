using System.Text.Json;
using ConferenceFunctions.Core.Callbacks;
using ConferenceFunctions.Core.Conferences;
using ConferenceFunctions.Core.DeadLetters;
using ConferenceFunctions.Core.Health;
using ConferenceFunctions.Core.Recordings;
using ConferenceFunctions.Core.Storage;
using ConferenceFunctions.Core.Swml;

namespace ConferenceFunctions.OpenApi;

/// <summary>Examples of answers: one conference that all of them are about.</summary>
internal static class Examples
{
    public const string Yaml = "version: 1.0.0\nsections:\n  main:\n    - join_conference:\n        name: \"team_meeting\"\n";

    public const string EventCursor = "e_1769860800000000_conference-start__3b5d5c3712955042212316173ccf37be";

    public const string Csv =
        "call_id,from,to,role,direction,type,stint,joined_at,left_at,seconds,end,left_inferred,seconds_present,muted,hold,coaching,start_on_join,end_on_leave,tag\r\n" +
        "c7e3a1d2-1111-4c4c-9a9a-0123456789ab,'+15551234567,'+15557654321,moderator,inbound,phone,1,2026-01-31T12:00:01Z,2026-01-31T12:30:01Z,1800,left,false,1800,false,false,false,true,false,\r\n" +
        "total,,,,,,1,,,1800,,,1800,,,,,,\r\n";

    private const string CallId = "c7e3a1d2-1111-4c4c-9a9a-0123456789ab";
    private const string BaseUrl = "https://conferences.example.com/api/";

    private static readonly DateTimeOffset Start = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Joined = Start.AddSeconds(1);
    private static readonly DateTimeOffset End = Start.AddSeconds(1801);

    private static readonly Caller Caller = new()
    {
        CallId = CallId,
        Document = "room",
        Time = Start.AddSeconds(-1),
        From = "+15551234567",
        To = "+15557654321",
        Direction = "inbound",
        Type = "phone",
        Role = "moderator",
    };

    public static Conference Conference { get; } = new()
    {
        ConferenceId = "0f1c8d6a-3c1e-4f5b-9a40-1f2d3c4b5a69",
        Name = "team_meeting",
        Document = "room",
        Status = "ended",
        Live = false,
        StartedAt = Start,
        EndedAt = End,
        DurationSeconds = 1801,
        Size = 0,
        PeakSize = 3,
        Consistency = new Consistency(true, 0, 0, End),
        Recording = "stopped",
        ReasonEnded = "last-participant-left",
        CallIdEndingConf = CallId,
        Region = "eu",
        FirstEventAt = Start,
        LastEventAt = End,
    };

    public static Participant Participant { get; } = new()
    {
        CallId = CallId,
        Caller = Caller,
        Present = false,
        JoinedAt = Joined,
        LeftAt = End,
        SecondsPresent = 1800,
        Stints = [new Stint(Joined, End, 1800, LeftInferred: false, Open: false, StintEnd.Left)],
        Muted = false,
        Hold = false,
        Coaching = false,
        StartOnJoin = true,
        EndOnLeave = false,
    };

    public static Timeline Timeline { get; } = new()
    {
        ConferenceId = Conference.ConferenceId,
        StartedAt = Start,
        EndedAt = End,
        Participants =
        [
            new ParticipantTimeline
            {
                CallId = CallId,
                Caller = Caller,
                Present = Lane(Joined, End),
                Muted = Lane(Start.AddSeconds(60), Start.AddSeconds(90)),
                Held = new TimelineLane([], 0),
                Speaking = Lane(Start.AddSeconds(100), Start.AddSeconds(102.5)),
                Coaching = new TimelineLane([], 0),
            },
        ],
    };

    public static ConferenceLogEntry Event { get; } = new()
    {
        Id = "3b5d5c3712955042212316173ccf37be",
        Status = "participant-join",
        OccurredAt = Joined,
        ReceivedAt = Joined.AddMilliseconds(250),
        Source = "conference",
        Document = "room",
        EventType = "calling.conference",
        Timestamp = JsonElement.Parse("1769860801.0"),
        Params = JsonElement.Parse(
            $$"""{"call_id":"{{CallId}}","name":"team_meeting","conference_id":"{{Conference.ConferenceId}}","status":"participant-join","size":1,"muted":false}"""),
    };

    public static Recording Recording { get; } = new()
    {
        RecordingId = "5d0a7d3c-2f7e-4a0c-8f57-5b1f6f0e2d11",
        Status = RecordingStatus.Archived,
        RecordingUrl = "https://files.signalwire.com/space/project/recordings/5d0a7d3c-2f7e-4a0c-8f57-5b1f6f0e2d11.wav",
        RecordingFileSize = 28_800_044,
        RecordingDuration = 1800,
        Size = 28_800_044,
        Sha256 = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        ContentType = "audio/wav",
        Blob = "0f1c8d6a-3c1e-4f5b-9a40-1f2d3c4b5a69/5d0a7d3c-2f7e-4a0c-8f57-5b1f6f0e2d11.wav",
        ArchivedAt = End.AddSeconds(40),
        Attempts = 2,
    };

    public static RecordingLink RecordingLink { get; } = new(
        "https://conferencedata.blob.core.windows.net/recordings/0f1c8d6a-3c1e-4f5b-9a40-1f2d3c4b5a69/5d0a7d3c-2f7e-4a0c-8f57-5b1f6f0e2d11.wav?sv=2026-02-06&sp=r&sig=Zm9v",
        End.AddMinutes(15), "audio/wav");

    public static DocumentDetails Stored { get; } = new()
    {
        Name = "room",
        Stored = true,
        SwmlUrl = BaseUrl + "swml/room?t=Zm9vYmFyYmF6cXV4MTIzNA",
        ContentType = "application/yaml",
        Warnings = [],
    };

    public static DocumentDetails Document { get; } = Stored with { Text = Yaml, ModifiedAt = Start };

    public static DocumentEntry DocumentEntry { get; } = new("room", "application/yaml", 84, "\"5d41402abc4b2a76b9719d911017c592\"", Start);

    public static DeadLetter DeadLetter { get; } = new()
    {
        Id = "8230139139999999_3b5d5c3712955042212316173ccf37be",
        Queue = StorageNames.CallbackQueue,
        Reason = DeadLetterReason.Unreadable,
        Error = "The event has no status. 'params.status' names what happened, such as participant-join.",
        Attempts = 1,
        FirstSeen = Start,
        LastSeen = Start,
        Document = "room",
        ReceivedAt = Start,
        Content = DeadLetterContent.ConferenceCallback,
        Size = 214,
        Blob = "3b5d5c3712955042212316173ccf37be",
    };

    public static HealthReport Health { get; } = new()
    {
        Status = HealthStatus.Healthy,
        CheckedAt = End,
        Storage = [new StorageHealth("blobs", StorageHealth.Ok, 4.2, null)],
        Queues = [new QueueHealth(StorageNames.CallbackQueue, 3, 0.8)],
        DeadLetters = new DeadLetterHealth(0, More: false, Oldest: null),
        Reconciliation = new ReconciliationHealth(Enabled: true, Start, Start.AddSeconds(3), null, Start, 0, 0),
    };

    public static string Next(string route) => $"{BaseUrl}{route}&cursor=…";

    private static TimelineLane Lane(DateTimeOffset from, DateTimeOffset to) =>
        new([new TimelineInterval(from, to, (to - from).TotalSeconds, Open: false)], (to - from).TotalSeconds);
}
