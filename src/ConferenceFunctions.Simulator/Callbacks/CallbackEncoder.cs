using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using ConferenceFunctions.Core.Callbacks;
using ConferenceFunctions.Core.Swml;
using ConferenceFunctions.Simulator.Conferences;
using ConferenceFunctions.Simulator.Swml;

namespace ConferenceFunctions.Simulator.Callbacks;

/// <summary>Encodes events as their documents ask for: JSON or cXML's form fields, in the body or, for GET, in the query.</summary>
internal static class CallbackEncoder
{
    // As SignalWire writes JSON: what is no ASCII stands as it is.
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The request that posts an event.</summary>
    public static CallbackRequest Encode(SimulatedCallback callback)
    {
        (SimulatedEvent e, CallbackRoute route) = (callback.Event, callback.Route);
        var url = new Uri(route.Url);
        if (route.Method == CallbackMethod.Get)
        {
            return new CallbackRequest(HttpMethod.Get, WithQuery(url, route.IsForm ? FormOf(e) : QueryOf(e)), null, [], route.IsForm);
        }

        return route.IsForm
            ? new CallbackRequest(HttpMethod.Post, url, CallbackRequest.Form, Encoding.UTF8.GetBytes(Escape(FormOf(e))), IsForm: true)
            : CallbackRequest.PostJson(url, Encoding.UTF8.GetBytes(JsonOf(e).ToJsonString(Plain)));
    }

    /// <summary>What the callback tells of the event: the fields that its encoding has, under their names in JSON.</summary>
    public static IReadOnlyList<EventField> Told(SimulatedCallback callback)
    {
        (SimulatedEvent e, CallbackRoute route) = (callback.Event, callback.Route);
        if (!route.IsForm)
        {
            return e.Params;
        }

        // What cXML has no other name for stays as it is.
        return e.Kind == CallbackKind.Recording
            ? [.. RecordingFields(e).Select(field => new EventField(field.Key switch
            {
                "CallSid" => "call_id",
                "RecordingStatus" => "status",
                "RecordingUrl" => "recording_url",
                "RecordingDuration" => "recording_duration",
                _ => field.Key,
            }, field.Value))]
            : [.. e.Params.Where(field => field.CxmlName is not null)];
    }

    /// <summary>The time of the event as the callback tells it, in microseconds.</summary>
    public static long ToldTime(SimulatedCallback callback) =>
        callback.Route.IsForm ? EventTimestamp.WholeSeconds(callback.Event.Time) : callback.Event.Time;

    private static JsonObject JsonOf(SimulatedEvent e) => new()
    {
        ["event_type"] = ConferenceEvent.ConferenceEventType,
        ["event_channel"] = $"swml:{e.Call.SessionId}",
        ["timestamp"] = JsonNode.Parse(EventTimestamp.Unix(e.Time)),
        ["project_id"] = e.Call.ProjectId,
        ["space_id"] = e.Call.SpaceId,
        ["params"] = new JsonObject(e.Params.Select(field => KeyValuePair.Create(field.Name, (JsonNode?)field.Value.DeepClone()))),
    };

    private static List<KeyValuePair<string, string>> QueryOf(SimulatedEvent e) =>
    [
        new("event_type", ConferenceEvent.ConferenceEventType),
        new("event_channel", $"swml:{e.Call.SessionId}"),
        new("timestamp", EventTimestamp.Unix(e.Time)),
        new("project_id", e.Call.ProjectId),
        new("space_id", e.Call.SpaceId),
        .. e.Params.Select(field => KeyValuePair.Create($"params.{field.Name}", SwmlJsonNodes.ToText(field.Value))),
    ];

    private static List<KeyValuePair<string, string>> FormOf(SimulatedEvent e)
    {
        List<KeyValuePair<string, string>> form =
            [new("AccountSid", e.Call.ProjectId), new("Timestamp", EventTimestamp.Rfc2822(e.Time))];
        if (e.Kind == CallbackKind.Recording)
        {
            form.AddRange(RecordingFields(e).Select(field => KeyValuePair.Create(field.Key, SwmlJsonNodes.ToText(field.Value))));
        }
        else
        {
            form.AddRange(e.Params.Where(field => field.CxmlName is not null)
                .Select(field => KeyValuePair.Create(field.CxmlName!, SwmlJsonNodes.ToText(field.Value))));
            form.Add(new("EventName", e.Status));
        }

        return form;
    }

    // They have no ConferenceSid: the call that the conference came to be with is all that leads to it.
    private static IEnumerable<KeyValuePair<string, JsonNode>> RecordingFields(SimulatedEvent e)
    {
        yield return new("CallSid", e.Call.CallId);
        yield return new("RecordingStatus", e.Word);
        if (e.Recording is { } recording)
        {
            yield return new("RecordingSid", recording.Id);
            yield return new("RecordingUrl", recording.Url);
            yield return new("RecordingDuration", recording.Duration);
        }
    }

    private static Uri WithQuery(Uri url, IEnumerable<KeyValuePair<string, string>> fields) =>
        new(url.AbsoluteUri + (url.Query.Length == 0 ? "?" : "&") + Escape(fields));

    private static string Escape(IEnumerable<KeyValuePair<string, string>> fields) =>
        string.Join('&', fields.Select(field => $"{Uri.EscapeDataString(field.Key)}={Uri.EscapeDataString(field.Value)}"));
}
