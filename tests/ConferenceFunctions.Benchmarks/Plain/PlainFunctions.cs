using System.Text.Json;
using Azure.Storage.Queues.Models;
using ConferenceFunctions.Core.SignalWire;
using ConferenceFunctions.Core.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace ConferenceFunctions.Benchmarks.Plain;

/// <summary>
/// What a user would write in an hour from the samples of the SDK and of Functions: a callback is checked, read and put into the
/// queue; a message of the queue is written to the table.
/// </summary>
internal sealed class PlainFunctions(PlainQueue queue, PlainTable table, RequestAuthenticator authenticator, TimeProvider time)
{
    private const int MaxBytes = 32 * 1024;

    [Function(nameof(TakeCallback))]
    public async Task<IResult> TakeCallback(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "callbacks/conference/{document}")] HttpRequest request,
        string document,
        CancellationToken cancellationToken)
    {
        if (request.ContentLength is null or > MaxBytes)
        {
            return Results.StatusCode(StatusCodes.Status413PayloadTooLarge);
        }

        BinaryData body = await BinaryData.FromStreamAsync(request.Body, cancellationToken);
        var signed = new SignalWireRequest(
            request.Path + request.QueryString.Value,
            body.ToMemory(),
            Token: request.Query["t"],
            Signature: request.Headers.TryGetValue("X-Signalwire-Signature", out var signature) ? signature.ToString() : null);
        if (authenticator.Admit(signed, TokenPurpose.Conference, document) != Admission.Admitted)
        {
            return Results.Unauthorized();
        }

        try
        {
            PlainCallback? callback = JsonSerializer.Deserialize(body, PlainJson.Default.PlainCallback);
            if (callback?.Params is not { ConferenceId: not null, Status: not null })
            {
                return Results.BadRequest("The event has no conference or no status.");
            }
        }
        catch (JsonException)
        {
            return Results.BadRequest("The body is not valid JSON.");
        }

        await queue.SendAsync(new PlainMessage(document, time.GetUtcNow(), body.ToString()), cancellationToken);
        return Results.NoContent();
    }

    [Function(nameof(ApplyCallback))]
    public Task ApplyCallback(
        [QueueTrigger(StorageNames.CallbackQueue, Connection = StorageNames.Connection)] QueueMessage message, CancellationToken cancellationToken) =>
        table.WriteAsync(JsonSerializer.Deserialize(message.Body, PlainJson.Default.PlainMessage)!, cancellationToken);
}
