using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace ConferenceFunctions.Core.Recordings;

/// <summary>Which bytes a source serves. The rest of a recording fits to its beginning only where both are of one version.</summary>
/// <param name="Location">The URL without its query.</param>
/// <param name="Validator">The source's strong ETag, in quotes, or when it was last modified; null where it tells neither.</param>
/// <param name="Length">Length in bytes; null where the source does not tell.</param>
internal sealed record SourceVersion(string Location, string? Validator, long? Length)
{
    private const int KeyBytes = 8;

    // It has to fit into a row, and into a request.
    private const int MaxValidator = 1024;

    /// <summary>What stands for the version in the ids of its blocks.</summary>
    public byte[] Key => SHA256.HashData(Encoding.UTF8.GetBytes($"{Location}\n{Validator}\n{Length}"))[..KeyBytes];

    /// <summary>The validator as the condition of a range; null without one.</summary>
    public RangeConditionHeaderValue? IfRange => Validator is null ? null : RangeConditionHeaderValue.Parse(Validator);

    /// <summary>The version that an answer is of.</summary>
    public static SourceVersion Of(string location, HttpResponseMessage response) =>
        new(location, ValidatorOf(response), response.Content.Headers.ContentRange?.Length ?? response.Content.Headers.ContentLength);

    /// <summary>Whether an answer is the rest of this version, from that byte on.</summary>
    public bool IsContinuedBy(HttpResponseMessage response, long from) =>
        response is { StatusCode: System.Net.HttpStatusCode.PartialContent, Content.Headers.ContentRange: { HasRange: true, Unit: "bytes" } range }
        && range.From == from
        && (range.Length is null || Length is null || range.Length == Length)
        && (ValidatorOf(response) is not { } validator || validator == Validator);

    // A Last-Modified is a strong validator only where the source says that it is older than the answer (RFC 9110, 8.8.2.2).
    private static string? ValidatorOf(HttpResponseMessage response) =>
        response.Headers.ETag is { IsWeak: false, Tag: { Length: <= MaxValidator } tag } && Ascii.IsValid(tag) ? tag
        : response.Content.Headers.LastModified is { } modified && response.Headers.Date - modified >= TimeSpan.FromSeconds(1)
            ? modified.ToUniversalTime().ToString("R", System.Globalization.CultureInfo.InvariantCulture)
        : null;
}
