using ConferenceFunctions.Core.Callbacks;
using ConferenceFunctions.Core.Swml;

namespace ConferenceFunctions.Simulator.Conferences;

/// <summary>
/// A conference as SignalWire holds it. Knows no clock and no network: it is told when things happen, in microseconds since 1970,
/// and tells a sink what comes of them. Its events never have the same time.
/// </summary>
/// <remarks>Where its events are posted, and how many it takes, is decided by its first participant alone.</remarks>
internal sealed class SimulatedConference
{
    private readonly IConferenceSink _sink;
    private readonly IRecorder _recorder;
    private readonly JoinConference _settings;
    private readonly ConferenceEvents _events;
    private readonly CallbackRoute?[] _routes;
    private readonly List<ConferenceMember> _members = [];
    private readonly List<ConferenceMember> _waiting = [];
    private readonly RecordingClock _recording = new();
    private long _time;

    /// <summary>Makes a conference for its first participant, who is still to join.</summary>
    public SimulatedConference(string conferenceId, SimulatedCall first, JoinConference settings, IConferenceSink sink, IRecorder recorder)
    {
        Id = conferenceId;
        _sink = sink;
        _recorder = recorder;
        _settings = settings;
        _events = new ConferenceEvents(conferenceId, settings.Name, settings.Region, first);
        _routes = [CallbackRoute.OfConference(settings), CallbackRoute.OfRecording(settings)];
    }

    /// <summary>Its unique id.</summary>
    public string Id { get; }

    /// <summary>Its name.</summary>
    public string Name => _settings.Name;

    /// <summary>Whether it has started.</summary>
    public bool Started { get; private set; }

    /// <summary>Whether it has ended.</summary>
    public bool Ended { get; private set; }

    /// <summary>Whether nobody is in it, and nobody waits.</summary>
    public bool IsEmpty => _members.Count + _waiting.Count == 0;

    /// <summary>Lets a call in, makes it wait, or refuses it.</summary>
    public JoinOutcome Join(SimulatedCall call, JoinConference join, long at)
    {
        bool full = _members.Count + _waiting.Count >= _settings.MaxParticipants.Or(JoinConference.MaxMaxParticipants);
        bool coachesNobody = join.Coach is { } coached && Find(coached) is null;
        if (Ended || full || coachesNobody || Find(call.CallId) is not null || _waiting.Any(member => member.Call.CallId == call.CallId))
        {
            return JoinOutcome.Failed;
        }

        var joining = new ConferenceMember(call, join);
        if (!Started && !joining.StartOnJoin)
        {
            _waiting.Add(joining);
            _sink.Wait(call, join.WaitUrl);
            return JoinOutcome.Waiting;
        }

        if (Started)
        {
            Enter(joining, at);
        }
        else
        {
            Start(joining, at);
        }

        return JoinOutcome.Joined;
    }

    /// <summary>A participant leaves, or gives up waiting.</summary>
    public void Leave(string callId, long at)
    {
        if (_waiting.Find(member => member.Call.CallId == callId) is { } waiting)
        {
            _waiting.Remove(waiting);
            _sink.Finish(waiting.Call, JoinResult.Canceled);
        }
        else if (Find(callId) is { } leaving)
        {
            Exit(leaving, at);
            if (leaving.EndOnLeave)
            {
                End(EndReason.EndOnExitLeft, callId, at);
            }
            else if (_members.Count == 0)
            {
                End(EndReason.LastParticipantLeft, callId, at);
            }
        }
    }

    /// <summary>Ends a conference that nobody has started: those who wait get no answer.</summary>
    public void GiveUp()
    {
        Ended |= !Started;
        ConferenceMember[] waiting = [.. _waiting];
        _waiting.Clear();
        foreach (ConferenceMember member in waiting)
        {
            _sink.Finish(member.Call, JoinResult.NoAnswer);
        }
    }

    /// <summary>Mutes or unmutes a participant. Nothing happens where that changes nothing.</summary>
    public void Mute(string callId, bool muted, long at)
    {
        if (Find(callId) is { } member && member.Muted != muted)
        {
            member.Muted = muted;
            PostOf(member, muted ? ConferenceStatus.ParticipantMute : ConferenceStatus.ParticipantUnmute, at);
        }
    }

    /// <summary>Puts a participant on hold or takes them off. Nothing happens where that changes nothing.</summary>
    public void Hold(string callId, bool hold, long at)
    {
        if (Find(callId) is { } member && member.Hold != hold)
        {
            member.Hold = hold;
            PostOf(member, hold ? ConferenceStatus.ParticipantHold : ConferenceStatus.ParticipantUnhold, at);
        }
    }

    /// <summary>A participant begins to speak or stops. Who is muted or held is not heard to begin.</summary>
    public void Speak(string callId, bool speaking, long at)
    {
        if (Find(callId) is { } member && member.Speaking != speaking && !(speaking && (member.Muted || member.Hold)))
        {
            member.Speaking = speaking;
            PostOf(member, speaking ? ConferenceStatus.ParticipantSpeechStart : ConferenceStatus.ParticipantSpeechStop, at);
        }
    }

    /// <summary>Modifies a participant: whether they would start a conference, the one flag that changes nothing else any more.</summary>
    public void Modify(string callId, long at)
    {
        if (Find(callId) is { } member)
        {
            member.StartOnJoin = !member.StartOnJoin;
            PostOf(member, ConferenceStatus.ParticipantModify, at);
        }
    }

    /// <summary>Pauses the recording.</summary>
    public void PauseRecording(long at)
    {
        if (_recording is { Started: true, Paused: false })
        {
            _recording.Pause(PostOfConference(ConferenceStatus.RecordPause, at));
        }
    }

    /// <summary>Goes on with the recording.</summary>
    public void ResumeRecording(long at)
    {
        if (_recording.Paused)
        {
            _recording.Run(PostOfConference(ConferenceStatus.RecordResume, at));
        }
    }

    private void Start(ConferenceMember starting, long at)
    {
        Started = true;
        _members.Add(starting);
        PostOfConference(ConferenceStatus.ConferenceStart, at);
        _members.Remove(starting);
        Enter(starting, at);
        ConferenceMember[] waiting = [.. _waiting];
        _waiting.Clear();
        foreach (ConferenceMember member in waiting)
        {
            Enter(member, at);
        }
    }

    private void Enter(ConferenceMember entering, long at)
    {
        _members.Add(entering);
        PostOf(entering, ConferenceStatus.ParticipantJoin, at);
        bool wanted = _recorder.RecordsAlways || entering.Join.Record == RecordMode.RecordFromStart;
        if (wanted && !_recording.Started && _recorder.CanRecord())
        {
            _recording.Run(PostOfConference(ConferenceStatus.RecordStart, at));
        }
    }

    private void Exit(ConferenceMember leaving, long at)
    {
        _members.Remove(leaving);
        PostOf(leaving, ConferenceStatus.ParticipantLeave, at);
        _sink.Finish(leaving.Call, JoinResult.Completed);
    }

    private void End(string reason, string callIdEndingConf, long at)
    {
        Ended = true;
        while (_members.Count > 0)
        {
            Exit(_members[0], at);
        }

        SimulatedRecording? recording = StopRecording(at);
        Post(_events.OfEnd(Next(at), reason, callIdEndingConf, recording));
    }

    private SimulatedRecording? StopRecording(long at)
    {
        if (!_recording.Started)
        {
            return null;
        }

        long time = Next(at);
        SimulatedRecording? recording = _recorder.Finish(_recording.Stop(time));
        Post(_events.OfConference(ConferenceStatus.RecordStop, time, _members.Count, recording));
        return recording;
    }

    private void PostOf(ConferenceMember member, string status, long at) =>
        Post(_events.OfParticipant(status, Next(at), _members.Count, member));

    private long PostOfConference(string status, long at)
    {
        long time = Next(at);
        Post(_events.OfConference(status, time, _members.Count));
        return time;
    }

    private void Post(SimulatedEvent e)
    {
        _sink.Note(Id, Name, e);
        foreach (CallbackRoute route in _routes.OfType<CallbackRoute>().Where(route => route.Takes(e)))
        {
            _sink.Post(new SimulatedCallback(Id, e, route));
        }
    }

    private long Next(long at) => _time = Math.Max(at, _time + 1);

    private ConferenceMember? Find(string callId) => _members.Find(member => member.Call.CallId == callId);
}
