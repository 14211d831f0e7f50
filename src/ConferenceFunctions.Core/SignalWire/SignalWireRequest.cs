namespace ConferenceFunctions.Core.SignalWire;

/// <summary>What of an HTTP request its authentication depends on.</summary>
/// <param name="PathAndQuery">Path and query exactly as they came, beginning with <c>/</c>.</param>
/// <param name="Body">Body exactly as it came.</param>
/// <param name="Token">The capability token <c>t</c> of the query, if any.</param>
/// <param name="Signature">Header <c>X-Signalwire-Signature</c>, if any.</param>
/// <param name="Sha256Signature">Header <c>X-Signalwire-SHA256-Signature</c>, if any.</param>
/// <param name="TwilioSignature">Header <c>X-Twilio-Signature</c>, which form-encoded requests may use instead, if any.</param>
public sealed record SignalWireRequest(
    string PathAndQuery,
    ReadOnlyMemory<byte> Body,
    string? Token = null,
    string? Signature = null,
    string? Sha256Signature = null,
    string? TwilioSignature = null);
