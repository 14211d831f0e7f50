namespace ConferenceFunctions.Core.Swml;

/// <summary>
/// The SWML method <c>join_conference</c>: puts the caller into a named audio conference. Names, defaults and ranges are those of
/// SignalWire's reference; <see cref="JoinConferenceSchema"/> lists them.
/// </summary>
public sealed record JoinConference
{
    /// <summary>Greatest, and default, number of participants.</summary>
    public const int MaxMaxParticipants = 100_000;

    /// <summary>Name of the conference. Required.</summary>
    public required string Name { get; init; }

    /// <summary>Whether to join muted. Default: false.</summary>
    public SwmlValue<bool> Muted { get; init; } = false;

    /// <summary>When a beep is heard. Default: always.</summary>
    public SwmlValue<Beep> Beep { get; init; }

    /// <summary>Whether the conference starts when this participant joins. Default: true.</summary>
    public SwmlValue<bool> StartOnEnter { get; init; } = true;

    /// <summary>Whether the conference ends when this participant leaves. Default: false.</summary>
    public SwmlValue<bool> EndOnExit { get; init; } = false;

    /// <summary>Where to fetch what is heard while waiting for the start. Default: SignalWire's hold music.</summary>
    public string? WaitUrl { get; init; }

    /// <summary>Most participants, from 2 to 100,000. Default: 100,000.</summary>
    public SwmlValue<int> MaxParticipants { get; init; } = MaxMaxParticipants;

    /// <summary>Fewest participants, from 1 to 100,000; null where it is left to SignalWire.</summary>
    public SwmlValue<int>? MinParticipants { get; init; }

    /// <summary>Whether the conference is recorded. Default: not.</summary>
    public SwmlValue<RecordMode> Record { get; init; }

    /// <summary>Where the conference is hosted; SignalWire documents <c>global us eu ch</c>.</summary>
    public string? Region { get; init; }

    /// <summary>What becomes of silence at the start of the recording. Default: it is cut off.</summary>
    public SwmlValue<TrimMode> Trim { get; init; }

    /// <summary>Call id of the participant to coach. The call must be in the conference, or the join fails.</summary>
    public string? Coach { get; init; }

    /// <summary>Events to post to <see cref="StatusCallback"/>; empty where none are named.</summary>
    public IReadOnlyList<string> StatusCallbackEvent { get; init; } = [];

    /// <summary>How events are encoded. Default: relay.</summary>
    public SwmlValue<CallbackEventType> StatusCallbackEventType { get; init; }

    /// <summary>Where events are posted.</summary>
    public string? StatusCallback { get; init; }

    /// <summary>How events are posted. Default: POST.</summary>
    public SwmlValue<CallbackMethod> StatusCallbackMethod { get; init; }

    /// <summary>Where recording events are posted.</summary>
    public string? RecordingStatusCallback { get; init; }

    /// <summary>How recording events are posted. Default: POST.</summary>
    public SwmlValue<CallbackMethod> RecordingStatusCallbackMethod { get; init; }

    /// <summary>Recording events to post; empty where none are named.</summary>
    public IReadOnlyList<string> RecordingStatusCallbackEvent { get; init; } = [];

    /// <summary>How recording events are encoded. Default: relay.</summary>
    public SwmlValue<CallbackEventType> RecordingStatusCallbackEventType { get; init; }

    /// <summary>Where the audio is streamed to; null where it is not, or only <see cref="StreamVariable"/> says.</summary>
    public ConferenceStreaming? Stream { get; init; }

    /// <summary>The variable that says where the audio is streamed to; null where none does.</summary>
    public string? StreamVariable { get; init; }

    /// <summary>Whether SignalWire tells of the call's quality; null where it is left to SignalWire.</summary>
    public SwmlValue<bool>? EmitCallQuality { get; init; }

    /// <summary>What the author attaches, an object or a variable; null for nothing.</summary>
    public SwmlNode? Meta { get; init; }

    /// <summary>Whether the conference has video; null where it is left to SignalWire.</summary>
    public SwmlValue<bool>? Video { get; init; }

    /// <summary>How the video is laid out; null where it is left to SignalWire.</summary>
    public string? VideoLayout { get; init; }

    /// <summary>Whether there is a preview of the video; null where it is left to SignalWire.</summary>
    public SwmlValue<bool>? VideoPreview { get; init; }

    /// <summary>How fine the video is; null where it is left to SignalWire.</summary>
    public SwmlValue<VideoQuality>? VideoQuality { get; init; }

    /// <summary>What to do afterwards, as a switch. At most one of this and <see cref="ResultConditions"/>.</summary>
    public SwmlSwitch? ResultSwitch { get; init; }

    /// <summary>What to do afterwards, as a cond; null where there is none.</summary>
    public IReadOnlyList<SwmlCondition>? ResultConditions { get; init; }

    /// <summary>Reads the body of a <c>join_conference</c> that was validated.</summary>
    public static JoinConference From(SwmlObject body)
    {
        ArgumentNullException.ThrowIfNull(body);
        return new JoinConference
        {
            Name = body.Text("name") ?? "",
            Muted = body.Boolean("muted") ?? false,
            Beep = body.Word<Beep>("beep"),
            StartOnEnter = body.Boolean("start_on_enter") ?? true,
            EndOnExit = body.Boolean("end_on_exit") ?? false,
            WaitUrl = body.Text("wait_url"),
            MaxParticipants = body.WholeNumber("max_participants") ?? MaxMaxParticipants,
            MinParticipants = body.WholeNumber("min_participants"),
            Record = body.Word<RecordMode>("record"),
            Region = body.Text("region"),
            Trim = body.Word<TrimMode>("trim"),
            Coach = body.Text("coach"),
            StatusCallbackEvent = body.Words("status_callback_event"),
            StatusCallbackEventType = body.Word<CallbackEventType>("status_callback_event_type"),
            StatusCallback = body.Text("status_callback"),
            StatusCallbackMethod = body.Word<CallbackMethod>("status_callback_method"),
            RecordingStatusCallback = body.Text("recording_status_callback"),
            RecordingStatusCallbackMethod = body.Word<CallbackMethod>("recording_status_callback_method"),
            RecordingStatusCallbackEvent = body.Words("recording_status_callback_event"),
            RecordingStatusCallbackEventType = body.Word<CallbackEventType>("recording_status_callback_event_type"),
            Stream = body["stream"] is SwmlObject stream ? ConferenceStreaming.From(stream) : null,
            StreamVariable = body["stream"] is SwmlScalar variable ? variable.Text : null,
            EmitCallQuality = body.Boolean("emit_call_quality"),
            Meta = body["meta"],
            Video = body.Boolean("video"),
            VideoLayout = body.Text("video_layout"),
            VideoPreview = body.Boolean("video_preview"),
            VideoQuality = body.WordOrNull<VideoQuality>("video_quality"),
            ResultSwitch = body["result"] is SwmlObject branches ? SwmlSwitch.From(branches) : null,
            ResultConditions = body["result"] is SwmlArray conditions ? SwmlCondition.From(conditions) : null,
        };
    }

    /// <summary>The body as a node, without what says no more than its default.</summary>
    public SwmlObject ToNode() => new SwmlObjectBuilder()
        .Text("name", Name)
        .Boolean("muted", Muted == false ? null : Muted)
        .Word("beep", Beep)
        .Boolean("start_on_enter", StartOnEnter == true ? null : StartOnEnter)
        .Boolean("end_on_exit", EndOnExit == false ? null : EndOnExit)
        .Text("wait_url", WaitUrl)
        .WholeNumber("max_participants", MaxParticipants == MaxMaxParticipants ? null : MaxParticipants)
        .WholeNumber("min_participants", MinParticipants)
        .Word("record", Record)
        .Text("region", Region)
        .Word("trim", Trim)
        .Text("coach", Coach)
        .Words("status_callback_event", StatusCallbackEvent)
        .Word("status_callback_event_type", StatusCallbackEventType)
        .Text("status_callback", StatusCallback)
        .Word("status_callback_method", StatusCallbackMethod)
        .Text("recording_status_callback", RecordingStatusCallback)
        .Word("recording_status_callback_method", RecordingStatusCallbackMethod)
        .Words("recording_status_callback_event", RecordingStatusCallbackEvent)
        .Word("recording_status_callback_event_type", RecordingStatusCallbackEventType)
        .Node("stream", Stream?.ToNode())
        .Text("stream", StreamVariable)
        .Boolean("emit_call_quality", EmitCallQuality)
        .Node("meta", Meta)
        .Boolean("video", Video)
        .Text("video_layout", VideoLayout)
        .Boolean("video_preview", VideoPreview)
        .WordOrNull("video_quality", VideoQuality)
        .Node("result", (SwmlNode?)ResultSwitch?.ToNode()
            ?? (ResultConditions is null ? null : new SwmlArray([.. ResultConditions.Select(condition => condition.ToNode())])))
        .Build();
}
