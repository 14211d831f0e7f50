using System.Net;

namespace ConferenceFunctions.Core.Recordings;

/// <summary>Why a recording could not be had.</summary>
/// <param name="Reason">In words, without anything secret.</param>
/// <param name="IsFinal">Whether trying again is no use.</param>
/// <param name="RetryAfter">How long the source asks to be left alone.</param>
internal sealed record RecordingFault(string Reason, bool IsFinal = false, TimeSpan? RetryAfter = null)
{
    /// <summary>It will not be had by trying again.</summary>
    public static RecordingFault Final(string reason) => new(reason, IsFinal: true);

    /// <summary>What an answer says that is no recording.</summary>
    public static RecordingFault Of(HttpResponseMessage response, bool wasAuthorized, DateTimeOffset now) => response.StatusCode switch
    {
        HttpStatusCode.Gone => Final("The source has it no longer (410)."),
        HttpStatusCode.NotFound => new("The source does not have it, or not yet (404).", RetryAfter: RetryAfterOf(response, now)),
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden when wasAuthorized =>
            new($"The source refuses SignalWire__ProjectId and SignalWire__ApiToken ({(int)response.StatusCode})."),
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => new(
            $"The source asks for credentials ({(int)response.StatusCode}). They are sent to the space of SignalWire__SpaceUrl and to files.signalwire.com only."),
        _ => new($"The source answered {(int)response.StatusCode}.", RetryAfter: RetryAfterOf(response, now)),
    };

    /// <summary>How long an answer asks to leave its source alone, whichever way it says so; null where it does not.</summary>
    public static TimeSpan? RetryAfterOf(HttpResponseMessage response, DateTimeOffset now) =>
        response.Headers.RetryAfter is { } after ? after.Delta ?? (after.Date - now) : null;
}
