namespace ConferenceFunctions.Core.Swml;

/// <summary>Where the audio of a conference is streamed to: <c>join_conference.stream</c>.</summary>
public sealed record ConferenceStreaming
{
    /// <summary>A <c>wss://</c> URL.</summary>
    public required string Url { get; init; }

    /// <summary>Name of the stream.</summary>
    public string? Name { get; init; }

    /// <summary>Codec.</summary>
    public string? Codec { get; init; }

    /// <summary>Where its status is posted.</summary>
    public string? StatusUrl { get; init; }

    /// <summary>How its status is posted.</summary>
    public SwmlValue<CallbackMethod> StatusUrlMethod { get; init; }

    /// <summary>Whether audio comes back as well.</summary>
    public SwmlValue<bool> Realtime { get; init; } = false;

    /// <summary>Token for the stream's server.</summary>
    public string? AuthorizationBearerToken { get; init; }

    /// <summary>Parameters that the stream's server is given, an object or a variable; null for none.</summary>
    public SwmlNode? CustomParameters { get; init; }

    internal static ConferenceStreaming From(SwmlObject value) => new()
    {
        Url = value.Text("url") ?? "",
        Name = value.Text("name"),
        Codec = value.Text("codec"),
        StatusUrl = value.Text("status_url"),
        StatusUrlMethod = value.Word<CallbackMethod>("status_url_method"),
        Realtime = value.Boolean("realtime") ?? false,
        AuthorizationBearerToken = value.Text("authorization_bearer_token"),
        CustomParameters = value["custom_parameters"],
    };

    internal SwmlObject ToNode() => new SwmlObjectBuilder()
        .Text("url", Url)
        .Text("name", Name)
        .Text("codec", Codec)
        .Text("status_url", StatusUrl)
        .Word("status_url_method", StatusUrlMethod)
        .Boolean("realtime", Realtime == false ? null : Realtime)
        .Text("authorization_bearer_token", AuthorizationBearerToken)
        .Node("custom_parameters", CustomParameters)
        .Build();
}
