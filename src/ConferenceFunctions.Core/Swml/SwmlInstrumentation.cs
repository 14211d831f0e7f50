using ConferenceFunctions.Core.SignalWire;

namespace ConferenceFunctions.Core.Swml;

/// <summary>
/// Fills in what every <c>join_conference</c> of a document needs to be tracked, wherever it is nested: callback URLs, their
/// events, hold music. What the author wrote stays.
/// </summary>
public sealed class SwmlInstrumentation(PublicUrls urls)
{
    // All but speaker, which floods, and announcement, which changes no state.
    private const string ConferenceEvents = "start end join leave mute hold modify";
    private const string RecordingEvents = "in-progress completed absent";

    /// <summary>The document with callbacks, and with hold music where there is some.</summary>
    /// <param name="document">The document as its author wrote it.</param>
    /// <param name="name">Its name.</param>
    /// <param name="holdMusic">Whether there is hold music for it.</param>
    public SwmlObject Instrument(SwmlObject document, string name, bool holdMusic) => (SwmlObject)Rewrite(document, isItem: false, body => Complete(body, name, holdMusic));

    /// <summary>Whether the URL is one of ours, so that its events may be ours to choose.</summary>
    public bool IsOurs(string url) =>
        url.StartsWith(urls.BaseUrl + PublicUrls.RoutePrefix + "/callbacks/", StringComparison.OrdinalIgnoreCase);

    private static SwmlNode Rewrite(SwmlNode node, bool isItem, Func<SwmlObject, SwmlObject> rewrite) => node switch
    {
        SwmlObject map => new SwmlObject([.. map.Members.Select(member => Rewrite(member, isItem && map.Members.Count == 1, rewrite))], map.Line, map.Column),
        SwmlArray array => new SwmlArray([.. array.Items.Select(item => Rewrite(item, isItem: true, rewrite))], array.Line, array.Column),
        _ => node,
    };

    private static SwmlMember Rewrite(SwmlMember member, bool isStep, Func<SwmlObject, SwmlObject> rewrite)
    {
        if (SwmlSteps.IsData(member))
        {
            return member;
        }

        SwmlNode value = SwmlSteps.IsJoin(member, isStep) && SwmlSteps.BodyOf(member.Value) is { } body
            ? rewrite((SwmlObject)Rewrite(body, isItem: false, rewrite))
            : Rewrite(member.Value, isItem: false, rewrite);
        return member with { Value = value };
    }

    private SwmlObject Complete(SwmlObject body, string name, bool holdMusic)
    {
        List<SwmlMember> members = [.. body.Members];
        AddCallback(members, body, "status_callback", urls.ConferenceCallback(name), ConferenceEvents);
        AddCallback(members, body, "recording_status_callback", urls.RecordingCallback(name), RecordingEvents);
        if (holdMusic && body["wait_url"] is null)
        {
            members.Add(new SwmlMember("wait_url", SwmlScalar.Of(urls.Wait(name))));
        }

        return new SwmlObject(members, body.Line, body.Column);
    }

    private void AddCallback(List<SwmlMember> members, SwmlObject body, string property, string url, string events)
    {
        if (body[property] is SwmlScalar written && !IsOurs(written.Text))
        {
            return;
        }

        if (body[property] is null)
        {
            members.Add(new SwmlMember(property, SwmlScalar.Of(url)));
        }

        if (body[property + "_event"] is null)
        {
            members.Add(new SwmlMember(property + "_event", SwmlScalar.Of(events)));
        }
    }
}
