using System.Globalization;
using System.Text.Json;
using ConferenceFunctions.Core.Callbacks;
using CsvHelper;
using CsvHelper.Configuration;

namespace ConferenceFunctions.Core.Conferences;

/// <summary>
/// The participants of a conference as CSV (RFC 4180): a row a stint, so that a rejoin does not hide the first stay, and a row of
/// totals at the end. What a spreadsheet would take for a formula gets an apostrophe before it.
/// </summary>
public static class ParticipantCsv
{
    private static readonly string[] Header =
    [
        "call_id", "from", "to", "role", "direction", "type", "stint", "joined_at", "left_at", "seconds", "end", "left_inferred", "seconds_present",
        "muted", "hold", "coaching", "start_on_join", "end_on_leave", "tag",
    ];

    private static readonly CsvConfiguration Configuration = new(CultureInfo.InvariantCulture)
    {
        NewLine = "\r\n",
        // A line break of any kind would end the row where it is not quoted.
        ShouldQuote = field => ConfigurationFunctions.ShouldQuote(field) || field.Field.AsSpan().ContainsAny('\r', '\n'),
        InjectionOptions = InjectionOptions.Escape,
        InjectionCharacters = ['=', '+', '-', '@', '\t', '\r'],
        InjectionEscapeCharacter = '\'',
    };

    /// <summary>Writes the participants.</summary>
    public static void Write(TextWriter output, IReadOnlyList<Participant> participants)
    {
        ArgumentNullException.ThrowIfNull(participants);
        using var csv = new CsvWriter(output, Configuration, leaveOpen: true);
        WriteRow(csv, Header);
        foreach (Participant participant in participants)
        {
            int number = 0;
            foreach (Stint? stint in participant.Stints.DefaultIfEmpty<Stint?>(null))
            {
                WriteRow(csv, Row(participant, stint, ++number));
            }
        }

        double seconds = participants.Sum(participant => participant.SecondsPresent);
        WriteRow(csv, ["total", "", "", "", "", "", Text(participants.Sum(participant => participant.Stints.Count)), "", "", Text(seconds), "", "", Text(seconds), "", "", "", "", "", ""]);
    }

    private static string[] Row(Participant participant, Stint? stint, int number)
    {
        Caller? caller = participant.Caller;
        return
        [
            participant.CallId, caller?.From ?? "", caller?.To ?? "", caller?.Role ?? "", caller?.Direction ?? "", caller?.Type ?? "",
            stint is null ? "0" : Text(number), Text(stint?.JoinedAt), Text(stint?.LeftAt), Text(stint?.Seconds), Text(stint?.End), Text(stint?.LeftInferred),
            Text(participant.SecondsPresent), Text(participant.Muted), Text(participant.Hold), Text(participant.Coaching), Text(participant.StartOnJoin), Text(participant.EndOnLeave), participant.Tag ?? "",
        ];
    }

    private static void WriteRow(CsvWriter csv, IEnumerable<string> fields)
    {
        foreach (string field in fields)
        {
            csv.WriteField(field);
        }

        csv.NextRecord();
    }

    private static string Text(DateTimeOffset? time) => time?.UtcDateTime.ToString(UtcTimeConverter.Format, CultureInfo.InvariantCulture) ?? "";

    private static string Text(bool? flag) => flag is null ? "" : flag.Value ? "true" : "false";

    private static string Text(StintEnd? end) => end is null ? "" : JsonNamingPolicy.SnakeCaseLower.ConvertName(end.Value.ToString());

    private static string Text(double? number) => number?.ToString("0.######", CultureInfo.InvariantCulture) ?? "";

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
