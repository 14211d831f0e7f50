namespace ConferenceFunctions.IntegrationTests.Infrastructure;

/// <summary>The two examples of events of SignalWire's page on join_conference, verbatim.</summary>
internal static class SeedEvents
{
    public const string ConferenceId = "xxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";

    public const string ParticipantJoin = """
        {
          "event_type": "calling.conference",
          "event_channel": "swml:xxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx",
          "timestamp": 1640000000.123,
          "project_id": "xxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx",
          "space_id": "xxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx",
          "params": {
            "call_id": "xxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx",
            "name": "my_conference",
            "conference_id": "xxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx",
            "status": "participant-join",
            "size": 3,
            "muted": false,
            "hold": false,
            "start_on_join": true,
            "end_on_leave": false,
            "coaching": false
          }
        }
        """;

    public const string ConferenceEnd = """
        {
          "event_type": "calling.conference",
          "event_channel": "swml:xxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx",
          "timestamp": 1640000000.456,
          "project_id": "xxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx",
          "space_id": "xxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx",
          "params": {
            "call_id": "xxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx",
            "name": "my_conference",
            "conference_id": "xxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx",
            "status": "conference-end",
            "size": 0,
            "reason_ended": "last-participant-left",
            "call_id_ending_conf": "xxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx",
            "recording_url": "https://your-space.signalwire.com/api/v1/recordings/rec-uuid/download",
            "recording_duration": 300,
            "recording_file_size": 4800000
          }
        }
        """;

    /// <summary>One event with every field of that page.</summary>
    public const string EveryField = """
        {
          "event_type": "calling.conference",
          "event_channel": "swml:0f1c8d6a-3c1e-4f5b-9a40-1f2d3c4b5a69",
          "timestamp": 1767225610.654321,
          "project_id": "project-1",
          "space_id": "space-1",
          "params": {
            "call_id": "call-1",
            "name": "every_field",
            "conference_id": "conference-with-every-field",
            "status": "participant-join",
            "size": 7,
            "node_id": "node-1@eu",
            "segment_id": "segment-1",
            "region": "eu",
            "tag": "tag-1",
            "muted": true,
            "hold": true,
            "start_on_join": true,
            "end_on_leave": true,
            "coaching": true,
            "recording_url": "https://your-space.signalwire.com/api/v1/recordings/0f1c8d6a-3c1e-4f5b-9a40-1f2d3c4b5a69/download",
            "recording_file_size": 4800000,
            "recording_duration": 300.5,
            "reason_ended": "last-participant-left",
            "call_id_ending_conf": "call-2"
          }
        }
        """;
}
