using ConferenceFunctions.Core;
using ConferenceFunctions.Core.SignalWire;
using ConferenceFunctions.Core.Swml;
using ConferenceFunctions.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace ConferenceFunctions;

/// <summary>The documents, for those who write them.</summary>
public sealed class DocumentFunctions(DocumentStore store, PublicUrls urls, HttpAnswers answers)
{
    /// <summary>A document, and the URL to paste into SignalWire.</summary>
    [Function(nameof(GetDocument))]
    public Task GetDocument(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "documents/{name}")] HttpRequest request,
        string name,
        CancellationToken cancellationToken) => answers.AnswerAsync(request, async () =>
        {
            if (!DocumentName.IsValid(name))
            {
                return Problem.NotFound(DocumentName.Rule + ".");
            }

            StoredDocument? document = (await store.ReadAsync(name, cancellationToken)).Document;
            string query = request.QueryString.HasValue ? request.QueryString.Value[1..] : "";
            var details = new DocumentDetails
            {
                Name = name,
                Stored = document is not null,
                SwmlUrl = urls.Swml(name, query),
                Text = document is null ? null : System.Text.Encoding.UTF8.GetString(document.Text),
                ContentType = document?.ContentType,
                ModifiedAt = document?.ModifiedAt,
            };
            return new JsonAnswer<DocumentDetails>(details, ApiJson.Default.DocumentDetails);
        });
}
