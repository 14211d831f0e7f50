using System.Text;
using ConferenceFunctions.Core;
using ConferenceFunctions.Core.Conferences;
using ConferenceFunctions.Core.SignalWire;
using ConferenceFunctions.Core.Swml;
using ConferenceFunctions.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Options;

namespace ConferenceFunctions;

/// <summary>The documents, for those who write them.</summary>
public sealed class DocumentFunctions(DocumentStore store, DocumentCatalog catalog, DocumentReview review, PublicUrls urls, IOptions<SwmlOptions> options, HttpAnswers answers)
{
    /// <summary>All stored documents.</summary>
    [Function(nameof(ListDocuments))]
    public Task ListDocuments(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "documents")] HttpRequest request,
        CancellationToken cancellationToken) => answers.AnswerAsync(request, async () =>
            new JsonAnswer<Page<DocumentEntry>>(new(await store.ListAsync(cancellationToken), null), ApiJson.Default.PageDocumentEntry));

    /// <summary>A document, stored or, where there are such, implicit, and the URL to paste into SignalWire.</summary>
    [Function(nameof(GetDocument))]
    public Task GetDocument(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "documents/{name}")] HttpRequest request,
        string name,
        CancellationToken cancellationToken) => AnswerAsync(request, name, async () =>
        {
            StoredDocument? document = (await store.ReadAsync(name, cancellationToken)).Document;
            if (!DocumentQuery.TryCheck(name, document is not null, FormFields.QueryOf(RawTarget.PathAndQuery(request)).ToString(), out string? query, out string? fault))
            {
                return Problem.BadRequest(fault);
            }

            if (document is null && !options.Value.ImplicitDocuments)
            {
                return Problem.NotFound($"No document '{name}' is stored.");
            }

            return document is null
                ? Details(new DocumentDetails { Name = name, Stored = false, SwmlUrl = urls.Swml(name, query) })
                : Details(Describe(document, query), document.ETag);
        });

    /// <summary>Stores a document, if nothing is wrong with it.</summary>
    [Function(nameof(PutDocument))]
    public Task PutDocument(
        [HttpTrigger(AuthorizationLevel.Function, "put", Route = "documents/{name}")] HttpRequest request,
        string name,
        CancellationToken cancellationToken) => AnswerAsync(request, name, async () =>
        {
            byte[]? text = await RequestBody.ReadAsync(request, SwmlText.MaxBytes, cancellationToken);
            if (text is null)
            {
                return new Problem(StatusCodes.Status413PayloadTooLarge, $"The document is larger than {SwmlText.MaxBytes:N0} bytes, and SignalWire takes no more.");
            }

            DocumentVerdict verdict = review.Review(name, text);
            if (verdict.Document is null)
            {
                return new Problem(StatusCodes.Status422UnprocessableEntity, "The document was not stored: it has faults.") { Faults = verdict.Faults };
            }

            string contentType = SwmlText.IsJson(text) ? RenderedDocument.Json : RenderedDocument.Yaml;
            long before = catalog.Changes;
            (DocumentWrite outcome, DocumentRead? now) = await store.WriteAsync(name, text, contentType, Condition(request), cancellationToken);
            if (outcome == DocumentWrite.PreconditionFailed)
            {
                return PreconditionFailed();
            }

            catalog.Changed(name, before, now);
            var details = new DocumentDetails { Name = name, Stored = true, SwmlUrl = urls.Swml(name), ContentType = contentType, Warnings = verdict.Warnings };
            return Details(details, now?.Document?.ETag, outcome == DocumentWrite.Created ? StatusCodes.Status201Created : StatusCodes.Status200OK);
        });

    /// <summary>Deletes a stored document.</summary>
    [Function(nameof(DeleteDocument))]
    public Task DeleteDocument(
        [HttpTrigger(AuthorizationLevel.Function, "delete", Route = "documents/{name}")] HttpRequest request,
        string name,
        CancellationToken cancellationToken) => AnswerAsync(request, name, async () =>
        {
            long before = catalog.Changes;
            DocumentWrite outcome = await store.DeleteAsync(name, Condition(request), cancellationToken);
            if (outcome == DocumentWrite.Deleted)
            {
                catalog.Changed(name, before, null);
            }

            return outcome switch
            {
                DocumentWrite.Deleted => Results.NoContent(),
                DocumentWrite.PreconditionFailed => PreconditionFailed(),
                _ => Problem.NotFound($"No document '{name}' is stored."),
            };
        });

    private Task AnswerAsync(HttpRequest request, string name, Func<Task<IResult>> answer) => answers.AnswerAsync(
        request, () => DocumentName.IsValid(name) ? answer() : Task.FromResult<IResult>(Problem.BadRequest(DocumentName.Rule + ".")));

    private DocumentDetails Describe(StoredDocument document, string query)
    {
        DocumentVerdict verdict = review.Review(document.Name, document.Text);
        return new DocumentDetails
        {
            Name = document.Name,
            Stored = true,
            SwmlUrl = urls.Swml(document.Name, query),
            Text = Encoding.UTF8.GetString(document.Text),
            ContentType = document.ContentType,
            ModifiedAt = document.ModifiedAt,
            // A document that was put into the container by other means may even have faults.
            Warnings = [.. verdict.Faults, .. verdict.Warnings],
        };
    }

    private static JsonAnswer<DocumentDetails> Details(DocumentDetails details, string? etag = null, int status = StatusCodes.Status200OK) =>
        new(details, ApiJson.Default.DocumentDetails, status) { ETag = etag };

    private static DocumentCondition Condition(HttpRequest request) =>
        new(Conditions.Tags(request.Headers.IfMatch, strong: true), Conditions.Tags(request.Headers.IfNoneMatch, strong: false));

    private static Problem PreconditionFailed() => new(
        StatusCodes.Status412PreconditionFailed, "The document has changed in the meantime, or is (not) there. Get it again, and send its ETag in If-Match.");
}
