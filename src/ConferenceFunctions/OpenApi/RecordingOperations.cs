using ConferenceFunctions.Core;
using ConferenceFunctions.Core.Conferences;
using ConferenceFunctions.Core.Recordings;

namespace ConferenceFunctions.OpenApi;

/// <summary>Operations on recordings.</summary>
internal static class RecordingOperations
{
    public const string Area = "recordings";

    private static readonly OperationParameter RecordingId =
        OperationParameter.Path("rid", "The recording's id.", Examples.Recording.RecordingId);

    private static readonly OperationProblem NoRecording = new(
        404, "There is no such recording.", "There is no recording of that id in a conference of that id.");

    public static IReadOnlyList<Operation> All { get; } =
    [
        new(nameof(RecordingQueryFunctions.GetRecordings), ["get"], "conferences/{id}/recordings", Area, OperationAccess.FunctionKey, "Get the recordings of a conference")
        {
            Description = "Where each recording is, and what became of archiving it.",
            Parameters = [ConferenceOperations.Id],
            Answers = [OperationAnswer.Json("All recordings.", ApiJson.Default.PageRecording, new Page<Recording>([Examples.Recording], null))],
            Problems = [ConferenceOperations.BadParameter, ConferenceOperations.NoConference],
        },
        new(nameof(RecordingQueryFunctions.GetRecording), ["get"], "conferences/{id}/recordings/{rid}", Area, OperationAccess.FunctionKey, "Get a recording")
        {
            Parameters = [ConferenceOperations.Id, RecordingId],
            Answers = [OperationAnswer.Json("The recording.", ApiJson.Default.Recording, Examples.Recording)],
            Problems = [ConferenceOperations.BadParameter, NoRecording],
        },
        new(nameof(RecordingQueryFunctions.GetRecordingAudio), ["get", "head"], "conferences/{id}/recordings/{rid}/audio", Area, OperationAccess.FunctionKey, "Get the audio of a recording")
        {
            Description = "Leads to the blob, by a read-only URL that works for 15 minutes and takes ranges. With `Accept: application/json` the URL is told instead.",
            Parameters = [ConferenceOperations.Id, RecordingId],
            Answers =
            [
                OperationAnswer.Empty(302, "To the audio.") with { Headers = new Dictionary<string, string> { ["Location"] = "URL of the audio." } },
                OperationAnswer.Json("Where the audio is.", ApiJson.Default.RecordingLink, Examples.RecordingLink),
            ],
            Problems =
            [
                ConferenceOperations.BadParameter,
                NoRecording,
                new(409, "There is no audio yet, or it could not be fetched.", "There is no audio yet: it is still to be fetched. Try again later."),
            ],
        },
    ];
}
