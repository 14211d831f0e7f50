using Microsoft.Extensions.Options;

namespace ConferenceFunctions.Core.SignalWire;

/// <summary>Decides whether a request comes from SignalWire, by its signature, or from whom we gave its URL, by the token in it.</summary>
public sealed class RequestAuthenticator(IOptions<AuthOptions> options, SignatureValidator signatures, CapabilityTokens tokens)
{
    /// <summary>Judges a request for what the purpose stands for, on one document.</summary>
    public Admission Admit(SignalWireRequest request, TokenPurpose purpose, string document)
    {
        ArgumentNullException.ThrowIfNull(request);
        AuthMode mode = purpose is TokenPurpose.Swml or TokenPurpose.Wait ? options.Value.Swml : options.Value.Callbacks;
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
}
