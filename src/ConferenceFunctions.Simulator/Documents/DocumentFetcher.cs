using System.Text;
using System.Text.Json;
using ConferenceFunctions.Core.Swml;
using ConferenceFunctions.Simulator.Callbacks;
using ConferenceFunctions.Simulator.Swml;

namespace ConferenceFunctions.Simulator.Documents;

/// <summary>Fetches documents as SignalWire does when a call arrives.</summary>
/// <param name="client">Sends the requests.</param>
internal sealed class DocumentFetcher(SignalWireClient client)
{
    private const int ShownLength = 500;

    /// <summary>Fetches the document of a call, and checks it.</summary>
    public async Task<FetchedDocument> FetchAsync(string url, CallVariables variables, CancellationToken cancellationToken)
    {
        byte[] body = Encoding.UTF8.GetBytes(variables.ToFetchBody().ToJsonString());
        SignalWireAnswer answer = await client.SendAsync(CallbackRequest.PostJson(new Uri(url), body), cancellationToken);
        if (!answer.Succeeded)
        {
            return new FetchedDocument(url, null, Explain(answer), Reached: false, answer.Elapsed);
        }

        (SwmlObject? document, string? fault) = Read(answer.Body);
        return new FetchedDocument(url, document, fault, Reached: true, answer.Elapsed);
    }

    private static (SwmlObject? Document, string? Fault) Read(byte[] body)
    {
        try
        {
            SwmlObject document = SwmlText.Read(body);
            return SwmlValidator.Validate(document).Faults is [{ } fault, ..] ? (null, fault.ToString()) : (document, null);
        }
        catch (SwmlFormatException exception)
        {
            return (null, exception.Message);
        }
    }

    private static string Explain(SignalWireAnswer answer) => answer.Status is null
        ? $"{answer.Fault?.TrimEnd('.')}. Check that the backend runs, and that --url leads to it."
        : $"status {answer.Status}. {DetailOf(answer.Body) ?? "Give --url with the swml_url of a document, whole."}";

    // Problem details (RFC 9457) tell what to do; any other body would only fill the line.
    private static string? DetailOf(byte[] body)
    {
        try
        {
            using JsonDocument problem = JsonDocument.Parse(body);
            return problem.RootElement.ValueKind == JsonValueKind.Object
                && problem.RootElement.TryGetProperty("detail", out JsonElement detail) && detail.GetString() is { Length: > 0 } text
                    ? text[..Math.Min(text.Length, ShownLength)].ReplaceLineEndings(" ")
                    : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
