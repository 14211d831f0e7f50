using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ConferenceFunctions.Core.SignalWire;

/// <summary>
/// Decides whether a request comes from SignalWire, by its signature, or from whom we gave its URL, by the token in it. What is refused
/// is counted, and told in the log.
/// </summary>
public sealed partial class RequestAuthenticator(
    IOptions<AuthOptions> options,
    SignatureValidator signatures,
    CapabilityTokens tokens,
    ConferenceTelemetry telemetry,
    TimeProvider time,
    ILogger<RequestAuthenticator> logger)
{
    // Anybody can make requests that are refused.
    private const int MaxWarningsPerSecond = 5;

    private readonly RateLimit _warnings = new(MaxWarningsPerSecond, time);

    /// <summary>Judges a request for what the purpose stands for, on one document.</summary>
    public Admission Admit(SignalWireRequest request, TokenPurpose purpose, string document)
    {
        ArgumentNullException.ThrowIfNull(request);
        bool isFetch = purpose is TokenPurpose.Swml or TokenPurpose.Wait;
        Admission admission = Judge(request, isFetch ? options.Value.Swml : options.Value.Callbacks, purpose, document);
        if (admission == Admission.Admitted)
        {
            return admission;
        }

        if (!isFetch)
        {
            telemetry.Rejected("unauthorized");
        }

        if (_warnings.TakeTurn())
        {
            Log.Refused(logger, purpose, document, admission);
        }

        return admission;
    }

    private Admission Judge(SignalWireRequest request, AuthMode mode, TokenPurpose purpose, string document)
    {
        if (mode == AuthMode.Off)
        {
            return Admission.Admitted;
        }

        return signatures.Validate(request) switch
        {
            SignatureResult.Valid => Admission.Admitted,
            SignatureResult.Mismatch or SignatureResult.BodyMismatch => Admission.SignatureWrong,
            _ when mode == AuthMode.Required => Admission.SignatureMissing,
            _ when request.Token is null => Admission.CredentialsMissing,
            _ => tokens.IsValid(request.Token, purpose, document) ? Admission.Admitted : Admission.TokenWrong,
        };
    }

    private static partial class Log
    {
        [LoggerMessage(130, LogLevel.Warning, "A request was refused ({Admission}): {Purpose} of the document '{Document}'. It was answered 401.")]
        public static partial void Refused(ILogger logger, TokenPurpose purpose, string document, Admission admission);
    }
}
