namespace ConferenceFunctions.Core.Swml;

/// <summary>Looks at a document before it is stored: what is wrong with it, and what its author may not have meant.</summary>
public sealed class DocumentReview(SwmlInstrumentation instrumentation)
{
    private static readonly (string Event, string Consequence)[] TrackingEvents =
    [
        ("start", "when it started is only guessed from its other events"),
        ("end", "its end is not seen, and it is shown as live until it is stale"),
        ("join", "it is not known who joined"),
        ("leave", "it is not known who left"),
    ];

    /// <summary>Reviews the text of a document.</summary>
    public DocumentVerdict Review(string name, ReadOnlySpan<byte> text)
    {
        SwmlObject document;
        try
        {
            document = SwmlText.Read(text);
        }
        catch (SwmlFormatException exception)
        {
            return new DocumentVerdict(null, exception.Faults, []);
        }

        (IReadOnlyList<SwmlFault> faults, IReadOnlyList<SwmlFault> warnings) = SwmlValidator.Validate(document);
        if (faults.Count > 0)
        {
            return new DocumentVerdict(null, faults, warnings);
        }

        // Indentation makes YAML longer than JSON where it is deep.
        SwmlObject served = instrumentation.Instrument(document, name, holdMusic: true);
        (int json, int yaml) = (SwmlText.WriteJson(served).Length, SwmlText.WriteYaml(served).Length);
        return Math.Max(json, yaml) > SwmlText.MaxBytes
            ? new DocumentVerdict(null, [TooLarge(json, yaml)], warnings)
            : new DocumentVerdict(document, [], [.. WarnOfBrokenJson(text), .. warnings, .. SwmlSteps.JoinsOf(document).SelectMany(join => Warn(join.Path, join.Body))]);
    }

    // Broken JSON is often YAML, but then it may mean something else: {"a": tru} has a text in it.
    private static SwmlFault[] WarnOfBrokenJson(ReadOnlySpan<byte> text) => SwmlText.WhyNotJson(text) is { } fault
        ? [fault with { Message = $"The text begins like JSON, but is none ({fault.Message}), and was read as YAML. If it is meant to be JSON, mend it." }]
        : [];

    private static SwmlFault TooLarge(int json, int yaml) => new(
        "", 1, 1, $"As it is served, with callback URLs in every join_conference, the document has {json:N0} bytes as JSON and {yaml:N0} as YAML. SignalWire takes at most {SwmlText.MaxBytes:N0}.");

    private IEnumerable<SwmlFault> Warn(string path, SwmlObject body)
    {
        bool tracked = IsOurs(body, "status_callback");
        bool recordingsTracked = IsOurs(body, "recording_status_callback") && Listens(body, "recording_status_callback_event", "completed");
        if (!tracked)
        {
            yield return Warning(path, body, "status_callback", "Events go to another URL: the conference is not tracked here. Leave status_callback out to have it tracked.");
        }
        else
        {
            foreach ((string name, string consequence) in TrackingEvents.Where(tracking => !Listens(body, "status_callback_event", tracking.Event)))
            {
                yield return Warning(path, body, "status_callback_event", $"'{name}' is not among the events: {consequence}.");
            }
        }

        if (!recordingsTracked && !(tracked && Listens(body, "status_callback_event", "end")))
        {
            yield return Warning(path, body, "recording_status_callback", "No event that comes here tells of a recording: recordings are not archived.");
        }

        if (body["region"] is SwmlScalar region && !JoinConferenceSchema.Regions.Contains(region.Text) && !region.HasVariable)
        {
            yield return Warning(path, body, "region", $"'{region.Text}' is none of the regions that SignalWire documents: {string.Join(", ", JoinConferenceSchema.Regions)}.");
        }

        if (body["result"] is not null)
        {
            yield return Warning(path, body, "result", "SignalWire's engine is reported not to know 'result' here, and to reject the document. A switch on join_conference_result as the next step does the same.");
        }
    }

    private bool IsOurs(SwmlObject body, string property) => body.Text(property) is not { } url || instrumentation.IsOurs(url);

    // Events that are left out are filled in; those of a variable may be any.
    private static bool Listens(SwmlObject body, string property, string name) =>
        body[property] is null or SwmlScalar { HasVariable: true } || body.Words(property).Contains(name);

    private static SwmlFault Warning(string path, SwmlObject body, string property, string message)
    {
        SwmlNode at = body[property] ?? body;
        return new SwmlFault($"{path}.{property}", at.Line, at.Column, message);
    }
}
