using System.Globalization;
using System.Text.Json.Nodes;
using ConferenceFunctions.Simulator.Conferences;

namespace ConferenceFunctions.Simulator.Logs;

/// <summary>A conference in the space's log.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Status">Its status: <see cref="InProgress"/> or <see cref="Completed"/>.</param>
/// <param name="CreatedAt">When it was created.</param>
/// <param name="UpdatedAt">When something last happened in it.</param>
/// <param name="Recording">Its recording; null without one.</param>
internal sealed record LoggedConference(
    string Id, string Name, string Status, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, SimulatedRecording? Recording = null)
{
    /// <summary>It goes on.</summary>
    public const string InProgress = "in-progress";

    /// <summary>It is over.</summary>
    public const string Completed = "completed";

    /// <summary>The item as the API shows it.</summary>
    public JsonObject ToJson() => new()
    {
        ["id"] = Id,
        ["type"] = "relay_conference",
        ["name"] = Name,
        ["status"] = Status,
        ["recording_url"] = Recording?.Url,
        ["recording_duration"] = Recording?.Duration,
        ["recording_file_size"] = Recording?.FileSize,
        ["created_at"] = Show(CreatedAt),
        ["updated_at"] = Show(UpdatedAt),
    };

    private static string Show(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", CultureInfo.InvariantCulture);
}
