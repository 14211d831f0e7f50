using System.Text.Json;
using System.Text.Json.Nodes;
using ConferenceFunctions.Core.Callbacks;
using ConferenceFunctions.Core.Conferences;

namespace ConferenceFunctions.IntegrationTests.Infrastructure;

/// <summary>Events of the log that the API shows, as events that can be applied again.</summary>
internal static class LoggedEvent
{
    /// <summary>The event as it was received. Its id must come out the same.</summary>
    public static ReceivedEvent ToReceived(ConferenceLogEntry entry)
    {
        var body = new JsonObject
        {
            ["event_type"] = entry.EventType,
            ["event_channel"] = entry.EventChannel,
            ["project_id"] = entry.ProjectId,
            ["space_id"] = entry.SpaceId,
            ["params"] = JsonNode.Parse(entry.Params.GetRawText()),
        };
        if (entry.Timestamp is { } timestamp)
        {
            body["timestamp"] = JsonNode.Parse(timestamp.GetRawText());
        }

        CallbackKind kind = entry.Source switch
        {
            "recording" => CallbackKind.Recording,
            "reconciliation" => CallbackKind.Reconciliation,
            _ => CallbackKind.Conference,
        };
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(body);
        Assert.True(CallbackParser.TryParse(json, kind, out ConferenceEvent? e, out string? fault), fault);
        Assert.Equal(entry.Id, e.Id);
        return new ReceivedEvent(e, new QueuedCallback(e.Id, kind, entry.Document, entry.ReceivedAt, json));
    }
}
