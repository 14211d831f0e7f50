using Azure.Data.Tables;
using ConferenceFunctions.Core.Callbacks;
using ConferenceFunctions.Core.Recordings;
using ConferenceFunctions.Core.Storage;

namespace ConferenceFunctions.Core.Conferences;

/// <summary>
/// The rows of the table <c>conferences</c> as table entities and back. A value with a time of its own has a second column,
/// <c>…_at</c>, with the stamp of the event that set it.
/// </summary>
internal static class ConferenceEntities
{
    public static TableEntity ToEntity(ConferenceRow row)
    {
        ConferenceState state = row.State;
        var entity = new TableEntity(StorageKey.Escape(row.Id), StorageKey.Conference)
        {
            ["id"] = row.Id,
            ["indexed"] = row.Indexed ? true : null,
            ["erased"] = row.Erased,
            ["peak_size"] = state.PeakSize,
            ["started"] = state.Started,
            ["ended"] = state.Ended,
            ["reconciled"] = state.Reconciled,
            ["first_event"] = state.FirstEvent,
            ["last_event"] = state.LastEvent,
        };
        Set(entity, "name", state.Name);
        Set(entity, "document", state.Document);
        Set(entity, "project_id", state.ProjectId);
        Set(entity, "space_id", state.SpaceId);
        Set(entity, "region", state.Region);
        Set(entity, "size", state.Size);
        Set(entity, "size_at_move", state.SizeAtMove);
        Set(entity, "recording", state.Recording);
        Set(entity, "reason_ended", state.ReasonEnded);
        Set(entity, "ended_by", state.EndedBy);
        return entity;
    }

    public static ConferenceRow ToConference(TableEntity entity) => new(
        entity.GetString("id"),
        new ConferenceState
        {
            Name = Get<string>(entity, "name"),
            Document = Get<string>(entity, "document"),
            ProjectId = Get<string>(entity, "project_id"),
            SpaceId = Get<string>(entity, "space_id"),
            Region = Get<string>(entity, "region"),
            Size = Get<int>(entity, "size"),
            SizeAtMove = Get<int>(entity, "size_at_move"),
            PeakSize = entity.GetInt32("peak_size"),
            Recording = Get<string>(entity, "recording"),
            Started = entity.GetInt64("started"),
            Ended = entity.GetInt64("ended"),
            Reconciled = entity.GetInt64("reconciled"),
            FirstEvent = entity.GetInt64("first_event"),
            LastEvent = entity.GetInt64("last_event"),
            ReasonEnded = Get<string>(entity, "reason_ended"),
            EndedBy = Get<string>(entity, "ended_by"),
        },
        entity.GetBoolean("indexed") ?? false,
        entity.GetDateTimeOffset("erased"),
        entity.Timestamp);

    public static TableEntity ToEntity(string conferenceId, ParticipantRow row)
    {
        ParticipantState state = row.State;
        var entity = new TableEntity(StorageKey.Escape(conferenceId), StorageKey.Participant(row.CallId))
        {
            ["call_id"] = row.CallId,
            ["joins"] = state.Joins.ToString(),
            ["joins_truncated"] = state.Joins.Truncated,
            ["leaves"] = state.Leaves.ToString(),
            ["leaves_truncated"] = state.Leaves.Truncated,
        };
        Set(entity, "muted", state.Muted);
        Set(entity, "hold", state.Hold);
        Set(entity, "speaking", state.Speaking);
        Set(entity, "coaching", state.Coaching);
        Set(entity, "start_on_join", state.StartOnJoin);
        Set(entity, "end_on_leave", state.EndOnLeave);
        Set(entity, "node_id", state.NodeId);
        Set(entity, "segment_id", state.SegmentId);
        Set(entity, "tag", state.Tag);
        return entity;
    }

    public static ParticipantRow ToParticipant(TableEntity entity) => new(
        entity.GetString("call_id"),
        new ParticipantState
        {
            Joins = TimeMarks.Parse(entity.GetString("joins"), entity.GetBoolean("joins_truncated") ?? false),
            Leaves = TimeMarks.Parse(entity.GetString("leaves"), entity.GetBoolean("leaves_truncated") ?? false),
            Muted = Get<bool>(entity, "muted"),
            Hold = Get<bool>(entity, "hold"),
            Speaking = Get<bool>(entity, "speaking"),
            Coaching = Get<bool>(entity, "coaching"),
            StartOnJoin = Get<bool>(entity, "start_on_join"),
            EndOnLeave = Get<bool>(entity, "end_on_leave"),
            NodeId = Get<string>(entity, "node_id"),
            SegmentId = Get<string>(entity, "segment_id"),
            Tag = Get<string>(entity, "tag"),
        });

    public static TableEntity ToEntity(ReceivedEvent received)
    {
        ConferenceEvent e = received.Event;
        return new TableEntity(StorageKey.Escape(e.ConferenceId), EventKey.Of(e))
        {
            ["id"] = e.Id,
            ["time"] = e.Time,
            ["kind"] = (int)received.Callback.Kind,
            ["document"] = received.Callback.Document,
            ["received_at"] = received.Callback.ReceivedAt,
            ["muted"] = e.IsKnown ? ParticipantFlags.Muted(e) : null,
            ["hold"] = e.IsKnown ? ParticipantFlags.Held(e) : null,
            ["coaching"] = e.IsKnown ? e.Coaching : null,
            ["body"] = received.Callback.Body.ToArray(),
        };
    }

    public static EventRow ToEvent(TableEntity entity) => new(
        entity.RowKey,
        entity.GetInt64("time") ?? 0,
        entity.GetString("id"),
        (CallbackKind)(entity.GetInt32("kind") ?? 0),
        entity.GetString("document"),
        entity.GetDateTimeOffset("received_at") ?? default,
        entity.GetBinary("body"));

    public static TableEntity ToEntity(string conferenceId, RecordingRow row)
    {
        RecordingArchive archive = row.Archive;
        var entity = new TableEntity(StorageKey.Escape(conferenceId), StorageKey.Recording(row.Id))
        {
            ["id"] = row.Id,
            ["status"] = archive.Status.ToString(),
            ["blob"] = archive.Blob,
            ["content_type"] = archive.ContentType,
            ["archived_size"] = archive.Size,
            ["sha256"] = archive.Sha256,
            ["archived_at"] = archive.ArchivedAt,
            ["attempts"] = archive.Attempts,
            ["retries"] = archive.Retries,
            ["next_attempt"] = archive.NextAttempt,
            ["error"] = archive.Error,
            ["source_validator"] = archive.SourceValidator,
            ["source_length"] = archive.SourceLength,
            ["source_deleted_at"] = archive.SourceDeletedAt,
        };
        Set(entity, "url", row.Source.Url);
        Set(entity, "absent", row.Source.Absent);
        Set(entity, "file_size", row.Source.FileSize);
        Set(entity, "duration", row.Source.Duration);
        return entity;
    }

    public static RecordingRow ToRecording(TableEntity entity) => new(
        entity.GetString("id"),
        new RecordingSource
        {
            Url = Get<string>(entity, "url"),
            Absent = Get<bool>(entity, "absent"),
            FileSize = Get<long>(entity, "file_size"),
            Duration = Get<double>(entity, "duration"),
        },
        new RecordingArchive
        {
            Status = Enum.Parse<RecordingStatus>(entity.GetString("status")),
            Blob = entity.GetString("blob"),
            ContentType = entity.GetString("content_type"),
            Size = entity.GetInt64("archived_size"),
            Sha256 = entity.GetString("sha256"),
            ArchivedAt = entity.GetDateTimeOffset("archived_at"),
            Attempts = entity.GetInt32("attempts") ?? 0,
            Retries = entity.GetInt32("retries") ?? 0,
            NextAttempt = entity.GetDateTimeOffset("next_attempt"),
            Error = entity.GetString("error"),
            SourceValidator = entity.GetString("source_validator"),
            SourceLength = entity.GetInt64("source_length"),
            SourceDeletedAt = entity.GetDateTimeOffset("source_deleted_at"),
        });

    private static void Set<T>(TableEntity entity, string name, Latest<T>? latest) where T : IComparable<T>
    {
        if (latest is not null)
        {
            entity[name] = latest.Value;
            entity[name + "_at"] = latest.Stamp;
        }
    }

    private static Latest<T>? Get<T>(TableEntity entity, string name) where T : IComparable<T> =>
        entity.TryGetValue(name, out object? value) && value is not null ? new((T)value, entity.GetString(name + "_at")) : null;
}
