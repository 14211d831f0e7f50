using System.Text;
using ConferenceFunctions.Core;
using ConferenceFunctions.Core.Callbacks;
using ConferenceFunctions.Core.SignalWire;
using ConferenceFunctions.Core.Swml;
using ConferenceFunctions.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace ConferenceFunctions;

/// <summary>What SignalWire posts: conference events and recording events. Acknowledged only when they are durable.</summary>
public sealed class CallbackFunctions(CallbackIntake intake, RequestAuthenticator authenticator, ConferenceTelemetry telemetry, HttpAnswers answers)
{
    /// <summary>A conference event.</summary>
    [Function(nameof(TakeConferenceCallback))]
    public Task TakeConferenceCallback(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "post", Route = "callbacks/conference/{document}")] HttpRequest request,
        string document,
        CancellationToken cancellationToken) => TakeAsync(request, document, CallbackKind.Conference, TokenPurpose.Conference, cancellationToken);

    /// <summary>A recording event.</summary>
    [Function(nameof(TakeRecordingCallback))]
    public Task TakeRecordingCallback(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "post", Route = "callbacks/recording/{document}")] HttpRequest request,
        string document,
        CancellationToken cancellationToken) => TakeAsync(request, document, CallbackKind.Recording, TokenPurpose.Recording, cancellationToken);

    private Task TakeAsync(HttpRequest request, string document, CallbackKind kind, TokenPurpose purpose, CancellationToken cancellationToken) =>
        answers.AnswerAsync(request, async () =>
        {
            if (!DocumentName.IsValid(document))
            {
                return Problem.NotFound(DocumentName.Rule + ".");
            }

            byte[]? body = await RequestBody.ReadAsync(request, CallbackParser.MaxBytes, cancellationToken);
            if (body is null)
            {
                telemetry.Rejected("too-large");
                return new Problem(StatusCodes.Status413PayloadTooLarge, $"The callback is larger than {CallbackParser.MaxBytes} bytes, the most that is taken. Post each event by itself.");
            }

            SignalWireRequest signed = SignalWireRequests.Read(request, body);
            Admission admission = authenticator.Admit(signed, purpose, document);
            if (admission != Admission.Admitted)
            {
                return SignalWireRequests.Refusal(admission);
            }

            IntakeResult result = await intake.TakeAsync(kind, document, HttpMethods.IsGet(request.Method) ? OfGet(signed) : body, cancellationToken);
            return result.Outcome switch
            {
                IntakeOutcome.Stored => Results.NoContent(),
                IntakeOutcome.Unreadable => Problem.BadRequest(result.Fault!),
                _ => Problem.Unavailable(result.Fault!),
            };
        });

    /// <summary>What a GET says: its query without our own token, or its body where the query says nothing.</summary>
    private static ReadOnlyMemory<byte> OfGet(SignalWireRequest request)
    {
        string query = string.Join('&', FormFields.QueryOf(request.PathAndQuery).ToString()
            .Split('&').Where(field => !field.StartsWith(CapabilityTokens.Parameter + "=", StringComparison.Ordinal)));
        return query.Length > 0 ? Encoding.UTF8.GetBytes(query) : request.Body;
    }
}
