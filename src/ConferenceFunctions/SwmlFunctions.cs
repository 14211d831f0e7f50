using ConferenceFunctions.Core.Callbacks;
using ConferenceFunctions.Core.SignalWire;
using ConferenceFunctions.Core.Swml;
using ConferenceFunctions.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace ConferenceFunctions;

/// <summary>What SignalWire fetches: documents, and what callers hear while they wait.</summary>
public sealed class SwmlFunctions(SwmlServer server, RequestAuthenticator authenticator, CallbackIntake intake, HttpAnswers answers)
{
    // The documented body has less than 4 KiB; variables may add to it.
    private const int MaxBodyBytes = 256 * 1024;

    /// <summary>The document.</summary>
    [Function(nameof(GetSwml))]
    public Task GetSwml(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "post", "head", Route = "swml/{document}")] HttpRequest request,
        string document,
        CancellationToken cancellationToken) => AnswerAsync(request, document, async (name, yaml) =>
        {
            (byte[] body, Admission admission) = await AdmitAsync(request, TokenPurpose.Swml, name, cancellationToken);
            if (admission != Admission.Admitted)
            {
                return SignalWireRequests.Refusal(admission);
            }

            string query = request.QueryString.HasValue ? request.QueryString.Value[1..] : "";
            SwmlAnswer answer = await server.ServeAsync(name, query, yaml);
            if (answer.Kind == SwmlAnswerKind.Found && HttpMethods.IsPost(request.Method))
            {
                intake.NoteCaller(name, FormFields.Find(query, ImplicitDocument.RoleParameter), body);
            }

            return Result(answer);
        });

    /// <summary>What callers hear while they wait.</summary>
    [Function(nameof(GetWait))]
    public Task GetWait(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "post", "head", Route = "swml/{document}/wait")] HttpRequest request,
        string document,
        CancellationToken cancellationToken) => AnswerAsync(request, document, async (name, yaml) =>
        {
            (_, Admission admission) = await AdmitAsync(request, TokenPurpose.Wait, name, cancellationToken);
            return admission == Admission.Admitted ? Result(await server.ServeWaitAsync(name, yaml)) : SignalWireRequests.Refusal(admission);
        });

    /// <summary>Answers where the name can be that of a document: whatever else stands there is nobody's document, and no word for a log.</summary>
    private Task AnswerAsync(HttpRequest request, string document, Func<string, bool, Task<IResult>> answer) => answers.AnswerAsync(request, () =>
    {
        (string name, bool yaml) = SwmlFormat.Negotiate(request, document);
        return DocumentName.IsValid(name) ? answer(name, yaml) : Task.FromResult<IResult>(Problem.NotFound(DocumentName.Rule + "."));
    });

    private async ValueTask<(byte[] Body, Admission Admission)> AdmitAsync(
        HttpRequest request, TokenPurpose purpose, string name, CancellationToken cancellationToken)
    {
        byte[]? body = HttpMethods.IsPost(request.Method) ? await RequestBody.ReadAsync(request, MaxBodyBytes, cancellationToken) : [];
        SignalWireRequest read = SignalWireRequests.Read(request, body);
        if (body is null)
        {
            // Nobody can tell whether the signature of a body that was not read is right; the token alone may still let it in.
            read = read with { Signature = null, Sha256Signature = null, TwilioSignature = null };
        }

        return (body ?? [], authenticator.Admit(read, purpose, name));
    }

    private static IResult Result(SwmlAnswer answer) => answer.Kind switch
    {
        SwmlAnswerKind.Found => new SwmlResult(answer.Document!),
        SwmlAnswerKind.NotFound => Problem.NotFound(answer.Fault!),
        SwmlAnswerKind.BadRequest => Problem.BadRequest(answer.Fault!),
        _ => Problem.Unavailable(answer.Fault!),
    };
}
