using ConferenceFunctions.Core;
using ConferenceFunctions.Core.Conferences;
using ConferenceFunctions.Core.Recordings;
using ConferenceFunctions.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace ConferenceFunctions;

/// <summary>Answers questions about recordings.</summary>
public sealed class RecordingQueryFunctions(ConferenceReader reader, RecordingLinks links, HttpAnswers answers)
{
    /// <summary>The recordings of a conference.</summary>
    [Function(nameof(GetRecordings))]
    public Task GetRecordings(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "conferences/{id}/recordings")] HttpRequest request,
        string id,
        CancellationToken cancellationToken) => answers.AnswerAsync(request, async () =>
        {
            QueryParameters.Read(request);
            return await RecordingsAsync(request, id, cancellationToken) is { } recordings
                ? new JsonAnswer<Page<Recording>>(new(recordings, null), ApiJson.Default.PageRecording)
                : QueryFunctions.NoConference();
        });

    /// <summary>One of them.</summary>
    [Function(nameof(GetRecording))]
    public Task GetRecording(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "conferences/{id}/recordings/{rid}")] HttpRequest request,
        string id,
        string rid,
        CancellationToken cancellationToken) => answers.AnswerAsync(request, async () =>
        {
            QueryParameters.Read(request);
            return await FindAsync(request, id, rid, cancellationToken) is { } recording
                ? new JsonAnswer<Recording>(recording, ApiJson.Default.Recording)
                : NoRecording();
        });

    /// <summary>Its audio: leads to the blob, or tells where it is, to who asks for JSON.</summary>
    [Function(nameof(GetRecordingAudio))]
    public Task GetRecordingAudio(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = "conferences/{id}/recordings/{rid}/audio")] HttpRequest request,
        string id,
        string rid,
        CancellationToken cancellationToken) => answers.AnswerAsync(request, async () =>
        {
            QueryParameters.Read(request);
            if (await FindAsync(request, id, rid, cancellationToken) is not { } recording)
            {
                return NoRecording();
            }

            return await links.CreateAsync(recording, cancellationToken) is { } link
                ? new RecordingLinkAnswer(link)
                : NoAudio(recording);
        });

    private async Task<Recording?> FindAsync(HttpRequest request, string id, string rid, CancellationToken cancellationToken)
    {
        string recordingId = RawTarget.SegmentAfter(request, "recordings", rid);
        return (await RecordingsAsync(request, id, cancellationToken))?.FirstOrDefault(recording => recording.RecordingId == recordingId);
    }

    private Task<IReadOnlyList<Recording>?> RecordingsAsync(HttpRequest request, string id, CancellationToken cancellationToken) =>
        reader.RecordingsAsync(RawTarget.SegmentAfter(request, "conferences", id), cancellationToken);

    private static Problem NoRecording() => Problem.NotFound("There is no recording of that id in a conference of that id.");

    private static Problem NoAudio(Recording recording) => recording.Status switch
    {
        RecordingStatus.Absent => Problem.NotFound("There is no audio: SignalWire says that the recording was too short, or silent."),
        RecordingStatus.Missing => Problem.NotFound("There is no audio: SignalWire did not say where the recording is."),
        RecordingStatus.Failed => new Problem(StatusCodes.Status409Conflict, $"There is no audio: it could not be fetched. {recording.Error} Replay its dead letter to try again."),
        _ => new Problem(StatusCodes.Status409Conflict, "There is no audio yet: it is still to be fetched. Try again later.", TimeSpan.FromSeconds(30)),
    };
}
