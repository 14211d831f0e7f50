using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using ConferenceFunctions.Simulator.Recordings;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ConferenceFunctions.Simulator.Logs;

/// <summary>The part of SignalWire's REST API that tells of conferences and recordings, with Basic authentication.</summary>
/// <param name="log">The conferences.</param>
/// <param name="server">The recordings.</param>
internal sealed class SpaceApi(ConferenceLog log, RecordingServer server)
{
    /// <summary>The project that it lets in.</summary>
    public const string ProjectId = "51a1a7ed-0000-4000-8000-000000000001";

    /// <summary>The token that it lets in.</summary>
    public const string ApiToken = "PT_simulated";

    private const int DefaultPageSize = 50;
    private const int MaxPageSize = 1000;
    private const string TokenPrefix = "PA";

    private static readonly string Expected = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{ProjectId}:{ApiToken}"));

    /// <summary>Adds its routes.</summary>
    public void Map(IEndpointRouteBuilder app)
    {
        RouteGroupBuilder api = app.MapGroup("/api");
        api.AddEndpointFilter(async (context, next) => IsLetIn(context.HttpContext.Request) ? await next(context) : Results.Unauthorized());
        api.MapGet("logs/conferences", (HttpRequest request) => List(request));
        api.MapGet("relay/rest/recordings/{id}", (string id) => server.Find(id) is { } audio ? Json(Show(id, audio)) : Results.NotFound());
        api.MapDelete("relay/rest/recordings/{id}", (string id) => server.Remove(id) ? Results.NoContent() : Results.NotFound());
    }

    private static bool IsLetIn(HttpRequest request) =>
        AuthenticationHeaderValue.TryParse(request.Headers.Authorization, out AuthenticationHeaderValue? header)
        && header.Scheme.Equals("Basic", StringComparison.OrdinalIgnoreCase) && header.Parameter == Expected;

    private IResult List(HttpRequest request)
    {
        if (!TryReadTime(request, "created_after", out DateTimeOffset? after) || !TryReadTime(request, "created_before", out DateTimeOffset? before))
        {
            return Refuse("created_after and created_before take a time such as 2026-01-01T00:00:00Z.");
        }

        if (!TryReadNumber(request.Query["page_size"], DefaultPageSize, out int size) || size is < 1 or > MaxPageSize)
        {
            return Refuse($"page_size takes a number from 1 to {MaxPageSize}.");
        }

        string token = request.Query["page_token"].ToString();
        if (!TryReadNumber(token.StartsWith(TokenPrefix, StringComparison.Ordinal) ? token[TokenPrefix.Length..] : token, 0, out int first))
        {
            return Refuse("page_token is none of ours.");
        }

        IReadOnlyList<LoggedConference> all = log.Find(after, before);
        return Json(new JsonObject
        {
            ["links"] = Links(request, first, size, all.Count),
            ["data"] = new JsonArray([.. all.Skip(first).Take(size).Select(conference => conference.ToJson())]),
        });
    }

    private static JsonObject Links(HttpRequest request, int first, int size, int count)
    {
        var links = new JsonObject { ["self"] = LinkTo(request, first), ["first"] = LinkTo(request, 0) };
        if (first + size < count)
        {
            links["next"] = LinkTo(request, first + size);
        }

        if (first > 0)
        {
            links["prev"] = LinkTo(request, Math.Max(0, first - size));
        }

        return links;
    }

    private static string LinkTo(HttpRequest request, int first)
    {
        IEnumerable<KeyValuePair<string, string?>> query = request.Query.Where(parameter => parameter.Key != "page_token")
            .Select(parameter => KeyValuePair.Create(parameter.Key, (string?)parameter.Value.ToString()));
        string token = string.Create(CultureInfo.InvariantCulture, $"{TokenPrefix}{first}");
        QueryString search = QueryString.Create(first > 0 ? query.Append(KeyValuePair.Create("page_token", (string?)token)) : query);
        return $"{request.Scheme}://{request.Host}{request.Path}{search}";
    }

    private JsonObject Show(string id, RecordedAudio audio)
    {
        LoggedConference? conference = log.OfRecording(id);
        return new JsonObject
        {
            ["id"] = id,
            ["relay_conference_id"] = conference?.Id,
            ["url"] = conference?.Recording?.Url,
            ["byte_size"] = audio.Content.Length,
            ["duration_in_seconds"] = conference?.Recording?.Duration,
        };
    }

    private static bool TryReadTime(HttpRequest request, string name, out DateTimeOffset? time)
    {
        string text = request.Query[name].ToString();
        bool read = DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset value);
        time = read ? value : null;
        return read || text.Length == 0;
    }

    private static bool TryReadNumber(string? text, int byDefault, out int number)
    {
        number = byDefault;
        return string.IsNullOrEmpty(text) || int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }

    private static IResult Refuse(string detail) => Json(
        new JsonObject { ["errors"] = new JsonArray(new JsonObject { ["detail"] = detail }) }, StatusCodes.Status422UnprocessableEntity);

    private static IResult Json(JsonObject body, int status = StatusCodes.Status200OK) =>
        Results.Text(body.ToJsonString(), "application/json", statusCode: status);
}
