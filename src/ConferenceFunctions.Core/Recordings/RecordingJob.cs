using System.Text.Json;

namespace ConferenceFunctions.Core.Recordings;

/// <summary>A message of the queue <c>recordings</c>: a recording that is to be archived. All else about it stands in its row.</summary>
/// <param name="ConferenceId">Its conference.</param>
/// <param name="RecordingId">Its id.</param>
/// <param name="Retry">Which further attempt of the schedule it is; 0 for one that an event, a sweep or a person asked for.</param>
/// <param name="PutBacks">How often in a row it was put back untried, for reasons that are our own; no attempt of the schedule.</param>
public sealed record RecordingJob(string ConferenceId, string RecordingId, int Retry = 0, int PutBacks = 0)
{
    /// <summary>The job without a past: it has the whole schedule before it.</summary>
    public RecordingJob Afresh() => new(ConferenceId, RecordingId);

    /// <summary>The job as text.</summary>
    public string Write() => JsonSerializer.Serialize(this, RecordingJobJson.Default.RecordingJob);

    /// <summary>Reads a job.</summary>
    /// <exception cref="FormatException">The text is no job.</exception>
    public static RecordingJob Read(ReadOnlyMemory<byte> text)
    {
        try
        {
            return JsonSerializer.Deserialize(text.Span, RecordingJobJson.Default.RecordingJob) ?? throw new FormatException("The text is no recording job.");
        }
        catch (JsonException exception)
        {
            throw new FormatException("The text is no recording job.", exception);
        }
    }
}
