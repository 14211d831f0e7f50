namespace ConferenceFunctions.Core.Swml;

/// <summary>
/// The properties of <c>join_conference</c>, as SignalWire documents them (SWML reference, join_conference), in the order of
/// that page, and those that its published schema has besides.
/// </summary>
public static class JoinConferenceSchema
{
    /// <summary>Name of the method.</summary>
    public const string Method = "join_conference";

    private static readonly string[] Web = ["https", "http"];
    private static readonly IReadOnlyList<string> EventTypes = SwmlWord<CallbackEventType>.All;
    private static readonly IReadOnlyList<string> Methods = SwmlWord<CallbackMethod>.All;

    /// <summary>Events that <c>status_callback_event</c> takes.</summary>
    public static IReadOnlyList<string> ConferenceEvents { get; } =
        ["start", "end", "join", "leave", "mute", "hold", "modify", "speaker", "announcement"];

    /// <summary>Events that <c>recording_status_callback_event</c> takes.</summary>
    public static IReadOnlyList<string> RecordingEvents { get; } = ["in-progress", "completed", "absent"];

    /// <summary>The regions that SignalWire documents. A stored document may name another one: they grow.</summary>
    public static IReadOnlyList<string> Regions { get; } = ["global", "us", "eu", "ch"];

    /// <summary>All properties.</summary>
    public static IReadOnlyList<SwmlProperty> Properties { get; } =
    [
        new("name", SwmlPropertyKind.Text, Required: true),
        new("muted", SwmlPropertyKind.Boolean, Default: "false"),
        new("beep", SwmlPropertyKind.Word, Default: "true", Words: SwmlWord<Beep>.All),
        new("start_on_enter", SwmlPropertyKind.Boolean, Default: "true"),
        new("end_on_exit", SwmlPropertyKind.Boolean, Default: "false"),
        new("wait_url", SwmlPropertyKind.Url, Words: Web),
        new("max_participants", SwmlPropertyKind.WholeNumber, Default: "100000", Min: 2, Max: JoinConference.MaxMaxParticipants),
        new("record", SwmlPropertyKind.Word, Default: "do-not-record", Words: SwmlWord<RecordMode>.All),
        new("region", SwmlPropertyKind.Text),
        new("trim", SwmlPropertyKind.Word, Default: "trim-silence", Words: SwmlWord<TrimMode>.All),
        new("coach", SwmlPropertyKind.Text),
        new("status_callback_event", SwmlPropertyKind.Words, Words: ConferenceEvents),
        new("status_callback_event_type", SwmlPropertyKind.Word, Default: "relay", Words: EventTypes),
        new("status_callback", SwmlPropertyKind.Url, Words: Web),
        new("status_callback_method", SwmlPropertyKind.Word, Default: "POST", Words: Methods),
        new("recording_status_callback", SwmlPropertyKind.Url, Words: Web),
        new("recording_status_callback_method", SwmlPropertyKind.Word, Default: "POST", Words: Methods),
        new("recording_status_callback_event", SwmlPropertyKind.Words, Words: RecordingEvents),
        new("recording_status_callback_event_type", SwmlPropertyKind.Word, Default: "relay", Words: EventTypes),
        new("stream", SwmlPropertyKind.Nested, Properties:
        [
            new("url", SwmlPropertyKind.Url, Required: true, Words: ["wss"]),
            new("name", SwmlPropertyKind.Text),
            new("codec", SwmlPropertyKind.Text),
            new("status_url", SwmlPropertyKind.Url, Words: Web),
            new("status_url_method", SwmlPropertyKind.Word, Default: "POST", Words: Methods),
            new("realtime", SwmlPropertyKind.Boolean, Default: "false"),
            new("authorization_bearer_token", SwmlPropertyKind.Text),
            new("custom_parameters", SwmlPropertyKind.AnyObject),
        ]),
        new("min_participants", SwmlPropertyKind.WholeNumber, Min: 1, Max: JoinConference.MaxMaxParticipants),
        new("emit_call_quality", SwmlPropertyKind.Boolean),
        new("meta", SwmlPropertyKind.AnyObject),
        new("video", SwmlPropertyKind.Boolean),
        new("video_layout", SwmlPropertyKind.Text),
        new("video_preview", SwmlPropertyKind.Boolean),
        new("video_quality", SwmlPropertyKind.Word, Words: SwmlWord<VideoQuality>.All),
        new("result", SwmlPropertyKind.Branch),
    ];

    /// <summary>The property of that name, or null.</summary>
    public static SwmlProperty? Find(string name) => Properties.FirstOrDefault(property => property.Name == name);
}
