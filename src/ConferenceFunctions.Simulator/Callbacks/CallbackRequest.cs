namespace ConferenceFunctions.Simulator.Callbacks;

/// <summary>A request as SignalWire sends it.</summary>
/// <param name="Method">The method.</param>
/// <param name="Url">Where to.</param>
/// <param name="ContentType">Type of the body; null without one.</param>
/// <param name="Body">The body; empty for GET.</param>
/// <param name="IsForm">Whether it is signed as forms are.</param>
internal sealed record CallbackRequest(HttpMethod Method, Uri Url, string? ContentType, byte[] Body, bool IsForm)
{
    /// <summary>Content type of JSON.</summary>
    public const string Json = "application/json";

    /// <summary>Content type of forms.</summary>
    public const string Form = "application/x-www-form-urlencoded";

    /// <summary>A request with a JSON body.</summary>
    public static CallbackRequest PostJson(Uri url, byte[] body) => new(HttpMethod.Post, url, Json, body, IsForm: false);
}
