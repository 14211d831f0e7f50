using System.Globalization;
using System.Text;
using System.Text.Json;
using Azure.Data.Tables;
using ConferenceFunctions.Core.Storage;

namespace ConferenceFunctions.Benchmarks.Plain;

/// <summary>The table of conferences: one upsert each for the event, its conference and its participant.</summary>
internal sealed class PlainTable(TableServiceClient tables)
{
    private readonly TableClient _table = tables.GetTableClient(StorageNames.ConferenceTable);

    /// <summary>The row key of an event.</summary>
    public static string EventKey(PlainCallback callback) =>
        string.Create(CultureInfo.InvariantCulture, $"e_{Microseconds(callback):D16}_{callback.Params.Status}_{callback.Params.CallId}");

    public Task WriteAsync(PlainMessage message, CancellationToken cancellationToken)
    {
        PlainCallback callback = JsonSerializer.Deserialize(message.Body, PlainJson.Default.PlainCallback)!;
        List<Task> writes =
        [
            _table.UpsertEntityAsync(Event(message, callback), TableUpdateMode.Replace, cancellationToken),
            _table.UpsertEntityAsync(Conference(message, callback), TableUpdateMode.Merge, cancellationToken),
        ];
        if (callback.Params.CallId is not null)
        {
            writes.Add(_table.UpsertEntityAsync(Participant(callback), TableUpdateMode.Merge, cancellationToken));
        }

        return Task.WhenAll(writes);
    }

    private static long Microseconds(PlainCallback callback) => (long)(callback.Timestamp * 1_000_000);

    private static TableEntity Event(PlainMessage message, PlainCallback callback) => new(callback.Params.ConferenceId, EventKey(callback))
    {
        ["time"] = Microseconds(callback),
        ["document"] = message.Document,
        ["received_at"] = message.ReceivedAt,
        ["muted"] = callback.Params.Muted,
        ["hold"] = callback.Params.Hold,
        ["coaching"] = callback.Params.Coaching,
        ["body"] = Encoding.UTF8.GetBytes(message.Body),
    };

    private static TableEntity Conference(PlainMessage message, PlainCallback callback)
    {
        var entity = new TableEntity(callback.Params.ConferenceId, "c")
        {
            ["name"] = callback.Params.Name,
            ["document"] = message.Document,
            ["project_id"] = callback.ProjectId,
            ["space_id"] = callback.SpaceId,
            ["region"] = callback.Params.Region,
            ["size"] = callback.Params.Size,
            ["last_event"] = Microseconds(callback),
        };
        if (callback.Params.Status == "conference-start")
        {
            entity["started"] = Microseconds(callback);
        }
        else if (callback.Params.Status == "conference-end")
        {
            entity["ended"] = Microseconds(callback);
            entity["reason_ended"] = callback.Params.ReasonEnded;
            entity["ended_by"] = callback.Params.CallIdEndingConf;
        }

        return entity;
    }

    private static TableEntity Participant(PlainCallback callback)
    {
        var entity = new TableEntity(callback.Params.ConferenceId, $"p_{callback.Params.CallId}")
        {
            ["call_id"] = callback.Params.CallId,
            ["muted"] = callback.Params.Muted,
            ["hold"] = callback.Params.Hold,
            ["coaching"] = callback.Params.Coaching,
            ["start_on_join"] = callback.Params.StartOnJoin,
            ["end_on_leave"] = callback.Params.EndOnLeave,
            ["node_id"] = callback.Params.NodeId,
            ["segment_id"] = callback.Params.SegmentId,
        };
        if (callback.Params.Status == "participant-join")
        {
            entity["joins"] = Microseconds(callback);
        }
        else if (callback.Params.Status == "participant-leave")
        {
            entity["leaves"] = Microseconds(callback);
        }

        return entity;
    }
}
