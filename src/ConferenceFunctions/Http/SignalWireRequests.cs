using ConferenceFunctions.Core.SignalWire;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace ConferenceFunctions.Http;

/// <summary>Takes from a request what its authentication depends on.</summary>
internal static class SignalWireRequests
{
    public static SignalWireRequest Read(HttpRequest request, ReadOnlyMemory<byte> body)
    {
        string target = RawTarget.PathAndQuery(request);
        return new SignalWireRequest(
            target,
            body,
            FormFields.Find(FormFields.QueryOf(target), CapabilityTokens.Parameter),
            Header(request, "X-Signalwire-Signature"),
            Header(request, "X-Signalwire-SHA256-Signature"),
            Header(request, "X-Twilio-Signature"));
    }

    public static Problem Refusal(Admission admission) => new(StatusCodes.Status401Unauthorized, admission switch
    {
        Admission.SignatureMissing => "A signature is required. SignalWire sends it in X-Signalwire-Signature.",
        Admission.SignatureWrong =>
            "The signature is wrong. Check that Auth__SigningKeys is the project's signing key, and that PublicBaseUrl is the address " +
            "that SignalWire was given, to the letter.",
        Admission.TokenWrong =>
            "The token is wrong. Get the URL again from documents/{name}, and paste it whole: it has been changed, or Auth__CallbackSecret has.",
        _ => "There is neither a signature nor a token. Get the URL from documents/{name}, and paste it whole.",
    });

    private static string? Header(HttpRequest request, string name) =>
        request.Headers.TryGetValue(name, out StringValues values) ? values.ToString() : null;
}
