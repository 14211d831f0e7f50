using ConferenceFunctions.Core.Recordings;
using ConferenceFunctions.Simulator.Recordings;

namespace ConferenceFunctions.Simulator.Comparison;

/// <summary>Compares what the backend archived with what it was told of.</summary>
/// <param name="Rows">The lines of the comparison, one for each recording.</param>
/// <param name="Expected">Recordings that it was told of.</param>
/// <param name="Archived">Recordings that it archived.</param>
/// <param name="Equal">Those of them whose SHA-256 is equal.</param>
internal sealed record RecordingComparison(IReadOnlyList<ComparisonRow> Rows, int Expected, int Archived, int Equal)
{
    /// <summary>Compares.</summary>
    /// <param name="told">What the backend was told.</param>
    /// <param name="audioOf">The audio of a recording by its id.</param>
    /// <param name="found">What it knows.</param>
    public static RecordingComparison Of(IEnumerable<ToldEvent> told, Func<string, RecordedAudio?> audioOf, IReadOnlyList<Recording> found)
    {
        ILookup<string, Recording> byId = found.ToLookup(recording => recording.RecordingId, StringComparer.OrdinalIgnoreCase);
        List<ComparisonRow> rows = [];
        (int archived, int equal) = (0, 0);
        foreach (string id in told.Select(e => e.Text("recording_url")).OfType<string>().Select(RecordingId.From).Distinct())
        {
            if (audioOf(id) is not { } audio)
            {
                continue;
            }

            Recording? recording = byId[id].FirstOrDefault();
            rows.Add(Compare(audio, recording));
            archived += recording?.Status == RecordingStatus.Archived ? 1 : 0;
            equal += recording?.Status == RecordingStatus.Archived && recording.Sha256 == audio.Sha256 ? 1 : 0;
        }

        return new RecordingComparison(rows, rows.Count, archived, equal);
    }

    private static ComparisonRow Compare(RecordedAudio audio, Recording? found)
    {
        var differences = new Differences();
        if (found is null)
        {
            differences.Add("the backend does not know of it");
        }
        else if (found.Status != RecordingStatus.Archived)
        {
            string error = found.Error is null ? "" : $": {found.Error}";
            differences.Add($"{found.Status.ToString().ToLowerInvariant()} after {found.Attempts} attempts{error}");
        }
        else
        {
            differences.Check("bytes", audio.Content.LongLength, found.Size);
            differences.Check("SHA-256", audio.Sha256, found.Sha256);
        }

        return ComparisonRow.Of(
            "Recording", Describe(audio.Content.LongLength, audio.Sha256), Describe(found?.Size, found?.Sha256), differences.All);
    }

    private static string Describe(long? bytes, string? sha256) =>
        $"{bytes:N0} bytes, SHA-256 {sha256?[..Math.Min(8, sha256.Length)]}…";
}
