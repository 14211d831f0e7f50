using ConferenceFunctions.Core.Callbacks;
using ConferenceFunctions.Core.Conferences;

namespace ConferenceFunctions.Simulator.Comparison;

/// <summary>Compares a conference with what the backend was told of it.</summary>
internal static class ConferenceComparison
{
    /// <summary>Compares.</summary>
    /// <param name="told">What the backend was told.</param>
    /// <param name="found">What it knows; null where it knows nothing.</param>
    public static ComparisonRow Of(IReadOnlyList<ToldEvent> told, Conference? found)
    {
        ToldEvent? start = told.FirstOrDefault(e => e.Status == ConferenceStatus.ConferenceStart);
        ToldEvent? end = told.FirstOrDefault(e => e.Status == ConferenceStatus.ConferenceEnd);
        string? status = end is null ? null : "ended";
        string? name = told.Select(e => e.Text("name")).FirstOrDefault(text => text is not null);
        int? peak = told.Max(e => e.Number("size"));
        var differences = new Differences();
        if (found is null)
        {
            differences.Add("there is no such conference");
        }
        else
        {
            differences.Check("status", status, found.Status);
            differences.Check("name", name, found.Name);
            differences.CheckTime("started", start?.Time, found.StartedAt);
            differences.CheckTime("ended", end?.Time, found.EndedAt);
            differences.Check("reason", end?.Text("reason_ended"), found.ReasonEnded);
            differences.Check("ended by", end?.Text("call_id_ending_conf"), found.CallIdEndingConf);
            differences.Check("peak size", peak, found.PeakSize);
        }

        return ComparisonRow.Of(
            "Conference",
            Describe(name, status, peak, end?.Text("reason_ended")),
            Describe(found?.Name, found?.Status, found?.PeakSize, found?.ReasonEnded),
            differences.All);
    }

    private static string Describe(string? name, string? status, int? peak, string? reason) =>
        string.Join(", ", new[] { name, status, peak is null ? null : $"peak size {peak}", reason }.Where(text => text is not null));
}
