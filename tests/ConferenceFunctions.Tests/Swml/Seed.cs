namespace ConferenceFunctions.Tests.Swml;

/// <summary>The three examples of SignalWire's page on join_conference, verbatim.</summary>
internal static class Seed
{
    public const string BasicJoin = """
        version: 1.0.0
        sections:
          main:
            - join_conference:
                name: "team_meeting"
        """;

    public const string CustomSettings = """
        version: 1.0.0
        sections:
          main:
            - join_conference:
                name: "team_meeting"
                muted: false
                beep: "onEnter"
                start_on_enter: true
                max_participants: 10
                record: "record-from-start"
        """;

    public const string StatusCallbacks = """
        version: 1.0.0
        sections:
          main:
            - join_conference:
                name: "support_call"
                status_callback_event: "join"
                status_callback: "https://example.com/conference-status"
                status_callback_method: "POST"
                recording_status_callback: "https://example.com/recording-status"
                recording_status_callback_event: "completed"
        """;
}
