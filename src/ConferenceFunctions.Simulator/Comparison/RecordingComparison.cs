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
    /// <param name="state">What it knows.</param>
    public static RecordingComparison Of(IEnumerable<ToldEvent> told, Func<string, RecordedAudio?> audioOf, BackendState state)
    {
        ILookup<string, Recording> byId = state.Recordings.ToLookup(recording => recording.RecordingId, StringComparer.OrdinalIgnoreCase);
        string[] ids = [.. told.Select(e => e.Text("recording_url")).OfType<string>().Select(RecordingId.From).Distinct()];
        List<ComparisonRow> rows = [];
        (int archived, int equal) = (0, 0);
        foreach (string id in ids)
        {
            if (audioOf(id) is not { } audio)
            {
                continue;
            }

            Recording? recording = byId[id].FirstOrDefault();
            string? hash = state.AudioHashes.GetValueOrDefault(recording?.RecordingId ?? id);
            rows.Add(Compare(audio, recording, byId[id].Count(), hash));
            archived += recording?.Status == RecordingStatus.Archived ? 1 : 0;
            equal += recording?.Status == RecordingStatus.Archived && recording.Sha256 == audio.Sha256 && hash == audio.Sha256 ? 1 : 0;
        }

        int expected = rows.Count;
        rows.AddRange(state.Recordings.Where(recording => recording.Status == RecordingStatus.Archived && !ids.Contains(recording.RecordingId, StringComparer.OrdinalIgnoreCase))
            .Select(recording => new ComparisonRow("Recording", "none of that id", Describe(recording.Size, recording.Sha256), Verdict.Wrong)));
        return new RecordingComparison(rows, expected, archived, equal);
    }

    private static ComparisonRow Compare(RecordedAudio audio, Recording? found, int count, string? hash)
    {
        var differences = new Differences();
        if (found is null)
        {
            differences.Add("the backend does not know of it");
        }
        else if (count > 1)
        {
            differences.Add($"the backend has it {count} times");
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
            differences.Check("SHA-256 of the audio that it hands out", audio.Sha256, hash);
        }

        return ComparisonRow.Of(
            "Recording", Describe(audio.Content.LongLength, audio.Sha256), Describe(found?.Size, found?.Sha256), differences.All);
    }

    private static string Describe(long? bytes, string? sha256) =>
        $"{bytes:N0} bytes, SHA-256 {sha256?[..Math.Min(8, sha256.Length)]}…";
}
