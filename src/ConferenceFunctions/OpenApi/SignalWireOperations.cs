using System.Text.Json.Nodes;

namespace ConferenceFunctions.OpenApi;

/// <summary>Operations that SignalWire calls.</summary>
internal static class SignalWireOperations
{
    public const string Area = "signalwire";

    private const string Form = "application/x-www-form-urlencoded";

    private static readonly OperationParameter Document = OperationParameter.Path("document", "The document's name; with `.yaml` at its end, YAML is answered.", "room");

    private static readonly OperationParameter CallbackDocument = OperationParameter.Path("document", "The document's name.", "room");

    private static readonly OperationProblem Refused = new(
        401, "Neither a valid signature nor a valid token.", "There is neither a signature nor a token. Get the URL from documents/{name}, and paste it whole.");

    private static readonly OperationProblem[] DocumentProblems =
    [
        Refused,
        new(400, "A parameter is unknown, or takes something else.", "'role' takes moderator, participant, listener, coach."),
        new(404, "There is no such document.", "There is no document of that name."),
    ];

    private static readonly OperationProblem[] CallbackProblems =
    [
        Refused,
        new(400, "It can't be read as an event. It is kept as a dead letter.", "The event has no status. 'params.status' names what happened, such as participant-join."),
        new(404, "No document can have that name.", "A name has 1 to 64 characters."),
        new(413, "It is too large.", "The callback is larger than 32768 bytes."),
    ];

    private static readonly OperationBody Fetch = new("Who calls, as SignalWire tells.", new Dictionary<string, JsonNode>
    {
        ["application/json"] = JsonNode.Parse("""{"call":{"call_id":"call-1","direction":"inbound","type":"phone","from":"+15551234567","to":"+15557654321"}}""")!,
    });

    private static readonly OperationAnswer[] Swml =
    [
        new(200, "SWML, as JSON or, where `Accept` prefers it, as YAML.")
        {
            ContentType = "application/json",
            Example = JsonNode.Parse("""{"version":"1.0.0","sections":{"main":[{"join_conference":{"name":"room"}}]}}"""),
        },
        OperationAnswer.Empty(304, "It is still what `If-None-Match` names."),
    ];

    private static readonly OperationBody Event = new("An event of calling.conference, as JSON or as a form.", new Dictionary<string, JsonNode>
    {
        ["application/json"] = JsonNode.Parse(
            """{"event_type":"calling.conference","timestamp":1640000000.123,"params":{"conference_id":"c1","call_id":"call-1","status":"participant-join","size":1}}""")!,
        [Form] = "ConferenceSid=c1&CallSid=call-1&StatusCallbackEvent=participant-join",
    });

    public static IReadOnlyList<Operation> All { get; } =
    [
        new(nameof(SwmlFunctions.GetSwml), ["get", "post", "head"], "swml/{document}", Area, OperationAccess.SignalWire, "Fetch a document")
        {
            Description = "A document that is not stored is a conference of that name; `role` and every scalar property of join_conference may be in the query.",
            Parameters = [Document, OperationParameter.Query("role", "Role of those who call, for a document that is not stored.", "moderator")],
            Body = Fetch,
            Answers = Swml,
            Problems = DocumentProblems,
        },
        new(nameof(SwmlFunctions.GetWait), ["get", "post", "head"], "swml/{document}/wait", Area, OperationAccess.SignalWire, "Fetch what callers hear while they wait")
        {
            Parameters = [Document],
            Body = Fetch,
            Answers = Swml,
            Problems = DocumentProblems,
        },
        new(nameof(CallbackFunctions.TakeConferenceCallback), ["post", "get"], "callbacks/conference/{document}", Area, OperationAccess.SignalWire, "Tell of a conference event")
        {
            Description = "By GET, the event is in the query. Repeating one changes nothing.",
            Parameters = [CallbackDocument],
            Body = Event,
            Answers = [OperationAnswer.Empty(204, "The event is durable, and will be applied.")],
            Problems = CallbackProblems,
        },
        new(nameof(CallbackFunctions.TakeRecordingCallback), ["post", "get"], "callbacks/recording/{document}", Area, OperationAccess.SignalWire, "Tell of a recording event")
        {
            Description = "By GET, the event is in the query. Repeating one changes nothing.",
            Parameters = [CallbackDocument],
            Body = Event,
            Answers = [OperationAnswer.Empty(204, "The event is durable, and will be applied.")],
            Problems = CallbackProblems,
        },
    ];
}
