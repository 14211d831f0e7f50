using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using ConferenceFunctions.Core;
using ConferenceFunctions.Core.Swml;
using Microsoft.AspNetCore.WebUtilities;

namespace ConferenceFunctions.OpenApi;

/// <summary>Writes the operations as an OpenAPI document.</summary>
internal sealed class OpenApiWriter
{
    private const string ProblemType = "application/problem+json";

    // A file in a repository has the same line ends everywhere.
    private static readonly JsonWriterOptions WriterOptions = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly OperationProblem[] OfAll =
    [
        new(500, "A fault of the app; its log says more.", "This should not have happened. The log says more."),
        new(503, "Storage does not answer. Try again after `Retry-After` seconds.", "Storage does not answer at the moment. Try again."),
    ];

    private readonly OpenApiSchemas _schemas = new(new XmlDocumentation(typeof(ApiJson).Assembly));

    private OpenApiWriter()
    {
    }

    /// <summary>The document, as text.</summary>
    public static string Write(IReadOnlyList<Operation> operations)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, WriterOptions))
        {
            new OpenApiWriter().Document(operations).WriteTo(json);
        }

        return System.Text.Encoding.UTF8.GetString(buffer.ToArray()) + "\n";
    }

    private JsonObject Document(IReadOnlyList<Operation> operations)
    {
        var paths = new JsonObject();
        foreach (IGrouping<string, Operation> path in operations.GroupBy(operation => operation.Route))
        {
            paths["/" + path.Key] = new JsonObject(path.SelectMany(operation =>
                operation.Methods.Select(method => KeyValuePair.Create(method, (JsonNode?)Operation(operation, method)))));
        }

        return new JsonObject
        {
            ["openapi"] = "3.1.1",
            ["info"] = new JsonObject
            {
                ["title"] = "ConferenceFunctions",
                ["version"] = "1.0.0",
                ["description"] = "SignalWire audio conferences: who was there, when, and for how long. Times are RFC 3339 in UTC; what is unknown is left out.",
            },
            ["servers"] = new JsonArray(new JsonObject { ["url"] = "/api" }),
            ["tags"] = new JsonArray([.. Operations.Areas.Select(area => new JsonObject { ["name"] = area.Key, ["description"] = area.Value })]),
            ["paths"] = paths,
            ["components"] = new JsonObject
            {
                ["schemas"] = SchemasWithProblem(),
                ["securitySchemes"] = SecuritySchemes(),
            },
        };
    }

    private JsonObject Operation(Operation operation, string method)
    {
        var json = new JsonObject
        {
            ["operationId"] = method == operation.Methods[0] ? operation.Function : $"{operation.Function}By{char.ToUpperInvariant(method[0])}{method[1..]}",
            ["tags"] = new JsonArray(operation.Area),
            ["summary"] = operation.Summary,
        };
        if (operation.Description is not null)
        {
            json["description"] = operation.Description;
        }

        if (operation.Parameters.Count > 0)
        {
            json["parameters"] = new JsonArray([.. operation.Parameters.Select(Parameter)]);
        }

        if (operation.Body is { } body && method is not ("get" or "head"))
        {
            json["requestBody"] = new JsonObject
            {
                ["description"] = body.Description,
                ["content"] = new JsonObject(body.Examples.Select(example => KeyValuePair.Create(example.Key, Content(Any(example.Value), example.Value)))),
            };
        }

        json["responses"] = Responses(operation, method);
        json["security"] = Security(operation.Access);
        return json;
    }

    private static JsonNode Parameter(OperationParameter parameter)
    {
        var json = new JsonObject
        {
            ["name"] = parameter.Name,
            ["in"] = parameter.In,
            ["description"] = parameter.Description,
            ["schema"] = parameter.Schema.DeepClone(),
            ["example"] = parameter.Example.DeepClone(),
        };
        if (parameter.In == "path")
        {
            json["required"] = true;
        }

        return json;
    }

    private JsonObject Responses(Operation operation, string method)
    {
        var responses = new SortedDictionary<string, JsonNode?>(StringComparer.Ordinal);
        foreach (OperationAnswer answer in operation.Answers)
        {
            responses[$"{answer.Status}"] = Response(answer, method);
        }

        if (operation.Access == OperationAccess.FunctionKey)
        {
            responses["401"] = new JsonObject { ["description"] = "The function key is missing or wrong. The host answers without a body." };
        }

        foreach (OperationProblem problem in operation.Problems.Concat(OfAll))
        {
            var details = new JsonObject { ["title"] = ReasonPhrases.GetReasonPhrase(problem.Status), ["status"] = problem.Status, ["detail"] = problem.Example };
            responses[$"{problem.Status}"] = new JsonObject
            {
                ["description"] = problem.Description,
                ["content"] = new JsonObject { [ProblemType] = Content(new JsonObject { ["$ref"] = "#/components/schemas/Problem" }, details) },
            };
        }

        return new JsonObject(responses);
    }

    private JsonObject Response(OperationAnswer answer, string method)
    {
        var response = new JsonObject { ["description"] = answer.Description };
        if (answer.Headers.Count > 0)
        {
            response["headers"] = new JsonObject(answer.Headers.Select(header => KeyValuePair.Create(
                header.Key, (JsonNode?)new JsonObject { ["description"] = header.Value, ["schema"] = new JsonObject { ["type"] = "string" } })));
        }

        if (answer.ContentType is not null && method != "head")
        {
            response["content"] = new JsonObject
            {
                [answer.ContentType] = Content(answer.Type is { } type ? _schemas.Reference(type.Type) : Any(answer.Example), answer.Example),
            };
        }

        return response;
    }

    private static JsonNode? Content(JsonObject schema, JsonNode? example)
    {
        var content = new JsonObject { ["schema"] = schema };
        if (example is not null)
        {
            content["example"] = example.DeepClone();
        }

        return content;
    }

    /// <summary>The schema of what is described elsewhere, such as SWML: text, or any object.</summary>
    private static JsonObject Any(JsonNode? example) => new() { ["type"] = example is JsonValue ? "string" : "object" };

    private JsonObject SchemasWithProblem()
    {
        JsonObject fault = _schemas.Reference(typeof(SwmlFault));
        JsonObject schemas = _schemas.ToJson();
        schemas["Problem"] = new JsonObject
        {
            ["description"] = "What is wrong, and what to change (RFC 9457).",
            ["type"] = "object",
            ["required"] = new JsonArray("title", "status", "detail"),
            ["properties"] = new JsonObject
            {
                ["title"] = new JsonObject { ["type"] = "string", ["description"] = "The status in words." },
                ["status"] = new JsonObject { ["type"] = "integer", ["description"] = "The HTTP status." },
                ["detail"] = new JsonObject { ["type"] = "string", ["description"] = "What is wrong, and what to change." },
                ["faults"] = new JsonObject { ["type"] = "array", ["items"] = fault, ["description"] = "What exactly is wrong in a document." },
            },
        };
        return schemas;
    }

    private static JsonArray Security(OperationAccess access) => access switch
    {
        OperationAccess.FunctionKey => new JsonArray(Scheme("function_key"), Scheme("function_key_in_query")),
        OperationAccess.SignalWire => new JsonArray(Scheme("token"), Scheme("signature"), Scheme("signature_sha256")),
        _ => [],
    };

    private static JsonObject Scheme(string name) => new() { [name] = new JsonArray() };

    private static JsonObject SecuritySchemes() => new()
    {
        ["function_key"] = ApiKey("header", "x-functions-key", "A function key of the app, or a host key."),
        ["function_key_in_query"] = ApiKey("query", "code", "The same, in the URL: it ends up in logs."),
        ["token"] = ApiKey("query", "t", "The token in every URL that SignalWire is given."),
        ["signature"] = ApiKey("header", "X-Signalwire-Signature", "SignalWire's signature: HMAC-SHA1 of URL and body with the project's signing key."),
        ["signature_sha256"] = ApiKey("header", "X-Signalwire-SHA256-Signature", "The same by HMAC-SHA256."),
    };

    private static JsonObject ApiKey(string place, string name, string description) =>
        new() { ["type"] = "apiKey", ["in"] = place, ["name"] = name, ["description"] = description };
}
