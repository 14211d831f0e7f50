using System.Text.Json.Serialization;

namespace ConferenceFunctions.Core.Conferences;

/// <summary>A stay of a participant in a conference, from joining to leaving.</summary>
/// <param name="JoinedAt">When it began; null where the join was missed or had no time.</param>
/// <param name="LeftAt">When it ended; null as long as it lasts, or where the leave had no time.</param>
/// <param name="Seconds">How long it lasted, or lasts so far; null where that can't be told.</param>
/// <param name="LeftInferred">Whether the leave was missed: the participant joined again without it.</param>
/// <param name="Open">Whether it still lasts.</param>
/// <param name="End">Why it ended; null as long as it lasts.</param>
public sealed record Stint(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] DateTimeOffset? JoinedAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] DateTimeOffset? LeftAt,
    double? Seconds,
    bool LeftInferred,
    bool Open,
    StintEnd? End);
