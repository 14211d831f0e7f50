using System.Text.Json.Nodes;
using ConferenceFunctions.Core;
using ConferenceFunctions.Core.Conferences;
using ConferenceFunctions.Core.Swml;

namespace ConferenceFunctions.OpenApi;

/// <summary>Operations on stored documents.</summary>
internal static class DocumentOperations
{
    public const string Area = "documents";

    private static readonly OperationParameter Name = OperationParameter.Path("name", $"The document's name. {DocumentName.Rule}.", "room");

    private static readonly OperationParameter IfMatch = OperationParameter.Header("If-Match", "Version that it must have; `*` for any.", "\"5d41402abc4b2a76b9719d911017c592\"");

    private static readonly OperationProblem BadName = new(400, "The name, a parameter or a condition can't be taken.", DocumentName.Rule + ".");

    private static readonly OperationProblem Changed = new(
        412, "The document is not as `If-Match` or `If-None-Match` want it.",
        "The document has changed in the meantime, or is (not) there. Get it again, and send its ETag in If-Match.");

    private static readonly Dictionary<string, string> Version = new() { ["ETag"] = "Version of the document, where it is stored." };

    public static IReadOnlyList<Operation> All { get; } =
    [
        new(nameof(DocumentFunctions.ListDocuments), ["get"], "documents", Area, OperationAccess.FunctionKey, "List stored documents")
        {
            Answers = [OperationAnswer.Json("All stored documents.", ApiJson.Default.PageDocumentEntry, new Page<DocumentEntry>([Examples.DocumentEntry], null))],
        },
        new(nameof(DocumentFunctions.GetDocument), ["get"], "documents/{name}", Area, OperationAccess.FunctionKey, "Get a document, and the URL to paste into SignalWire")
        {
            Description = "Answers for a document that is not stored, too: a conference of that name (`stored` is false). Its parameters, " +
                "`role` and every scalar property of join_conference, are checked and carried over into `swml_url`.",
            Parameters =
            [
                Name,
                OperationParameter.Query("role", "Role of those who call, for a document that is not stored: moderator, participant, listener or coach.", "moderator"),
                OperationParameter.Header("If-None-Match", "Version that is known already.", "\"5d41402abc4b2a76b9719d911017c592\""),
            ],
            Answers =
            [
                OperationAnswer.Json("The document.", ApiJson.Default.DocumentDetails, Examples.Document) with { Headers = Version },
                OperationAnswer.Empty(304, "It is still what `If-None-Match` names."),
            ],
            Problems = [BadName],
        },
        new(nameof(DocumentFunctions.PutDocument), ["put"], "documents/{name}", Area, OperationAccess.FunctionKey, "Store a document")
        {
            Description = "Plain SWML. Callbacks that it lacks are filled in when it is served; what its author wrote stays. " +
                "The same text again is no conflict, whatever the condition: the answer before may have been lost.",
            Parameters = [Name, IfMatch, OperationParameter.Header("If-None-Match", "`*`: only where none is stored.", "*")],
            Body = new OperationBody("SWML as JSON or YAML.", new Dictionary<string, JsonNode>
            {
                ["application/yaml"] = Examples.Yaml,
                ["application/json"] = JsonNode.Parse("""{"version":"1.0.0","sections":{"main":[{"join_conference":{"name":"team_meeting"}}]}}""")!,
            }),
            Answers =
            [
                OperationAnswer.Json("Stored in place of the one before.", ApiJson.Default.DocumentDetails, Examples.Stored) with { Headers = Version },
                OperationAnswer.Json("Stored, the first of that name.", ApiJson.Default.DocumentDetails, Examples.Stored, 201) with { Headers = Version },
            ],
            Problems =
            [
                BadName,
                Changed,
                new(413, "The document is too large.", "The document is larger than 64,000 bytes, and SignalWire takes no more."),
                new(422, "The document has faults. Nothing was stored; `faults` says what is wrong and where.", "The document was not stored: it has faults."),
            ],
        },
        new(nameof(DocumentFunctions.DeleteDocument), ["delete"], "documents/{name}", Area, OperationAccess.FunctionKey, "Delete a stored document")
        {
            Parameters = [Name, IfMatch],
            Answers = [OperationAnswer.Empty(204, "Deleted.")],
            Problems = [BadName, Changed, new(404, "It is not stored.", "No document 'room' is stored.")],
        },
    ];
}
