using System.Globalization;
using System.Text.Json.Nodes;

namespace ConferenceFunctions.IntegrationTests.Infrastructure;

/// <summary>Builds callbacks in the shape of SignalWire's.</summary>
public static class Callback
{
    /// <summary>A conference event as JSON.</summary>
    /// <param name="conferenceId">Its conference.</param>
    /// <param name="status">What happened.</param>
    /// <param name="second">When, in seconds after 2026-01-01.</param>
    /// <param name="callId">Whose call; null for none.</param>
    /// <param name="more">Further params.</param>
    public static string Json(string conferenceId, string status, double second, string? callId = null, JsonObject? more = null)
    {
        var parameters = new JsonObject { ["conference_id"] = conferenceId, ["name"] = "team_meeting", ["status"] = status };
        if (callId is not null)
        {
            parameters["call_id"] = callId;
        }

        foreach ((string name, JsonNode? value) in more ?? [])
        {
            parameters[name] = value?.DeepClone();
        }

        return new JsonObject
        {
            ["event_type"] = "calling.conference",
            ["event_channel"] = "swml:0f1c8d6a-3c1e-4f5b-9a40-1f2d3c4b5a69",
            ["timestamp"] = JsonNode.Parse((1_767_225_600 + second).ToString("F6", CultureInfo.InvariantCulture)),
            ["project_id"] = "11111111-2222-3333-4444-555555555555",
            ["space_id"] = "66666666-7777-8888-9999-000000000000",
            ["params"] = parameters,
        }.ToJsonString();
    }
}
