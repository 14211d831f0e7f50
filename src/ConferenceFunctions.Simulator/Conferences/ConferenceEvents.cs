using ConferenceFunctions.Core.Callbacks;

namespace ConferenceFunctions.Simulator.Conferences;

/// <summary>Makes the events of one conference, with the fields that SignalWire documents for each.</summary>
/// <param name="conferenceId">The conference.</param>
/// <param name="name">Its name.</param>
/// <param name="region">Its region, where it has one.</param>
/// <param name="first">The call that it came to be with.</param>
internal sealed class ConferenceEvents(string conferenceId, string name, string? region, SimulatedCall first)
{
    /// <summary>An event about a participant.</summary>
    public SimulatedEvent OfParticipant(string status, long time, int size, ConferenceMember member)
    {
        List<EventField> fields = [new("call_id", member.Call.CallId, "CallSid")];
        AddConference(fields, status, size, member.Call);
        fields.Add(new EventField("segment_id", member.Call.SegmentId));
        AddPlace(fields, member.Call);
        fields.Add(new EventField("muted", member.Muted, "Muted"));
        fields.Add(new EventField("hold", member.Hold, "Hold"));
        fields.Add(new EventField("start_on_join", member.StartOnJoin, "StartConferenceOnEnter"));
        fields.Add(new EventField("end_on_leave", member.EndOnLeave, "EndConferenceOnExit"));
        fields.Add(new EventField("coaching", member.Coaching));
        return new SimulatedEvent { Status = status, Time = time, Call = member.Call, Params = fields };
    }

    /// <summary>The conference starts, or something happens to its recording.</summary>
    public SimulatedEvent OfConference(string status, long time, int size, SimulatedRecording? recording = null) =>
        Create(status, time, size, [], recording);

    /// <summary>The conference ends.</summary>
    public SimulatedEvent OfEnd(long time, string reason, string? callIdEndingConf, SimulatedRecording? recording)
    {
        List<EventField> end = [new("reason_ended", reason)];
        if (callIdEndingConf is not null)
        {
            end.Add(new EventField("call_id_ending_conf", callIdEndingConf));
        }

        return Create(ConferenceStatus.ConferenceEnd, time, 0, end, recording);
    }

    private SimulatedEvent Create(string status, long time, int size, IEnumerable<EventField> more, SimulatedRecording? recording)
    {
        // SignalWire names a call with everything that it says of a conference.
        List<EventField> fields = [new("call_id", first.CallId, "CallSid")];
        AddConference(fields, status, size, first);
        AddPlace(fields, call: null);
        fields.AddRange(more);
        if (recording is not null)
        {
            fields.Add(new EventField("recording_url", recording.Url, "RecordingUrl"));
            fields.Add(new EventField("recording_duration", recording.Duration, "Duration"));
            fields.Add(new EventField("recording_file_size", recording.FileSize, "RecordingFileSize"));
        }

        return new SimulatedEvent { Status = status, Time = time, Call = first, Params = fields, Recording = recording };
    }

    private void AddConference(List<EventField> fields, string status, int size, SimulatedCall call)
    {
        fields.Add(new EventField("name", name, "FriendlyName"));
        fields.Add(new EventField("conference_id", conferenceId, "ConferenceSid"));
        fields.Add(new EventField("status", status, "StatusCallbackEvent"));
        fields.Add(new EventField("size", size));
        fields.Add(new EventField("node_id", call.NodeId));
    }

    private void AddPlace(List<EventField> fields, SimulatedCall? call)
    {
        if (region is not null)
        {
            fields.Add(new EventField("region", region));
        }

        if (call?.Tag is { } tag)
        {
            fields.Add(new EventField("tag", tag));
        }
    }
}
