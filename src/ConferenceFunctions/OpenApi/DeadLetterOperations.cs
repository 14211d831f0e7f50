using ConferenceFunctions.Core;
using ConferenceFunctions.Core.Conferences;
using ConferenceFunctions.Core.DeadLetters;
using ConferenceFunctions.Core.Storage;

namespace ConferenceFunctions.OpenApi;

/// <summary>Operations on what could not be applied.</summary>
internal static class DeadLetterOperations
{
    public const string Area = "dead letters";

    private static readonly OperationParameter Id = OperationParameter.Path("id", "The dead letter's id.", Examples.DeadLetter.Id);

    private static readonly OperationParameter[] Range =
    [
        OperationParameter.Word("queue", "Only those of that queue.", StorageNames.CallbackQueue, [StorageNames.CallbackQueue, StorageNames.RecordingQueue]),
        OperationParameter.Word("reason", "Only those of that reason.", DeadLetterReason.Poison, DeadLetterReason.All),
        OperationParameter.Query("from", "Only those first seen then or later: a time (RFC 3339), or the beginning of a day in UTC.", "2026-01-31"),
        OperationParameter.Query("to", "Only those first seen before: a time (RFC 3339), or the end of a day in UTC.", "2026-01-31T12:00:00Z"),
        OperationParameter.Limit(100, 1000),
        OperationParameter.Cursor("bF84MjMyNzc0Mzk5OTk5OTk5XzAx"),
    ];

    private static readonly OperationProblem BadParameter = new(
        400, "A parameter is unknown, or takes something else. `detail` says what.", "'limit' takes a whole number from 1 to 1000.");

    private static readonly OperationProblem NoLetter = new(
        404, "There is no such dead letter.", "There is no dead letter of that id. It may have been replayed or discarded.");

    private static readonly OperationProblem NoBody = new(
        410, "The dead letter is there, but its body is gone.", "The body of the dead letter is gone: somebody deleted its blob. There is nothing to replay; discard it.");

    public static IReadOnlyList<Operation> All { get; } =
    [
        new(nameof(DeadLetterFunctions.ListDeadLetters), ["get"], "dead-letters", Area, OperationAccess.FunctionKey, "List dead letters")
        {
            Description = "The latest to be seen first.",
            Parameters = Range,
            Answers = [OperationAnswer.Json("A page of dead letters.", ApiJson.Default.PageDeadLetter, new Page<DeadLetter>([Examples.DeadLetter], Examples.Next("dead-letters?limit=1")))],
            Problems = [BadParameter],
        },
        new(nameof(DeadLetterFunctions.GetDeadLetter), ["get"], "dead-letters/{id}", Area, OperationAccess.FunctionKey, "Get a dead letter")
        {
            Parameters = [Id],
            Answers = [OperationAnswer.Json("The dead letter.", ApiJson.Default.DeadLetter, Examples.DeadLetter)],
            Problems = [BadParameter, NoLetter],
        },
        new(nameof(DeadLetterFunctions.GetDeadLetterBody), ["get"], "dead-letters/{id}/body", Area, OperationAccess.FunctionKey, "Download its body")
        {
            Description = "Byte for byte as it came.",
            Parameters = [Id],
            Answers = [OperationAnswer.Text("The body.", "application/octet-stream", "{\"event_type\":\"calling.conference\"}")],
            Problems = [BadParameter, NoLetter, NoBody],
        },
        new(nameof(DeadLetterFunctions.ReplayDeadLetter), ["post"], "dead-letters/{id}/replay", Area, OperationAccess.FunctionKey, "Replay a dead letter")
        {
            Description = "Puts it back into its queue.",
            Parameters = [Id],
            Answers = [OperationAnswer.Json("It is back in its queue.", ApiJson.Default.DeadLetterReplayed, new DeadLetterReplayed(Examples.DeadLetter.Id))],
            Problems = [BadParameter, NoLetter, NoBody],
        },
        new(nameof(DeadLetterFunctions.ReplayDeadLetters), ["post"], "dead-letters/replay", Area, OperationAccess.FunctionKey, "Replay a range of dead letters")
        {
            Description = "So many a call as `limit` says. Post to `next` for as long as there is one.",
            Parameters = Range,
            Answers = [OperationAnswer.Json("How far it has come.", ApiJson.Default.ReplayProgress, new ReplayProgress(100, 0, Examples.Next("dead-letters/replay?limit=100")))],
            Problems = [BadParameter],
        },
        new(nameof(DeadLetterFunctions.DiscardDeadLetter), ["delete"], "dead-letters/{id}", Area, OperationAccess.FunctionKey, "Discard a dead letter for good")
        {
            Parameters = [Id],
            Answers = [OperationAnswer.Empty(204, "Discarded.")],
            Problems = [BadParameter, NoLetter],
        },
    ];
}
