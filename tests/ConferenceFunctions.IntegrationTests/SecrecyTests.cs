using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using ConferenceFunctions.Core.Callbacks;
using ConferenceFunctions.IntegrationTests.Infrastructure;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ConferenceFunctions.IntegrationTests;

// Not at once with the other class that listens to spans: they belong to the whole process, and each would change what the other sees.
[Collection("Spans")]
public class SecrecyTests(AzuriteFixture azurite)
{
    private const string Number = "+15550001111";
    private const string InBody = "only-the-body-says-this";
    private const string InQuery = "only-the-query-says-this";
    private const string Key = "PSK_only-the-settings-say-this";

    [Fact]
    public async Task A_whole_run_leaves_no_number_body_token_or_query_string_in_logs_or_spans()
    {
        using var log = new LogCapture();
        List<string> spans = [];
        using var listener = new ActivityListener
        {
            ShouldListenTo = _ => true,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = span => Note(spans, span),
        };
        ActivitySource.AddActivityListener(listener);
        await using FaultProxy proxy = await FaultProxy.StartAsync(azurite);
        string[] secrets;
        await using (TestHost host = await TestHost.StartAsync(
            azurite, new() { ["Auth:SigningKeys"] = Key }, proxy.ConnectionString, logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(log)))
        {
            secrets =
            [
                Number, Number[1..], InBody, InQuery, Key,
                .. new[] { host.Urls.Swml("room"), host.Urls.Wait("room"), host.Urls.ConferenceCallback("room"), host.Urls.RecordingCallback("room") }
                    .Select(url => url.Split("t=")[1]),
            ];
            await UseAsync(host);
            await TestHost.EventuallyAsync(() => host.EventsAsync("c1"), events => events.Count == 1);
            proxy.Intercept = (service, context) => Refuse(service, context);
            await UseAsync(host);
        }

        string said = string.Join('\n', log.Lines.Concat(spans));
        Assert.Contains("A request was refused", said, StringComparison.Ordinal);
        Assert.Contains("Storage refused", said, StringComparison.Ordinal);
        Assert.Contains("callbacks apply", said, StringComparison.Ordinal);
        Assert.All(secrets, secret => Assert.DoesNotContain(secret, said, StringComparison.Ordinal));
    }

    /// <summary>Everything that SignalWire and strangers do, each of it with something secret.</summary>
    private static async Task UseAsync(TestHost host)
    {
        string call = $$$"""{"call":{"call_id":"a","from":"{{{Number}}}","to":"{{{Number}}}"},"vars":{"x":"{{{InBody}}}"}}""";
        string callback = Callback.Json("c1", "participant-join", 1, "a", new JsonObject { ["tag"] = InBody });
        (HttpMethod Method, string Url, string? Body, string? Signature)[] requests =
        [
            (HttpMethod.Post, host.Urls.Swml("room"), call, null),
            (HttpMethod.Post, host.Urls.Swml("room") + $"&unknown={InQuery}", call, null),
            (HttpMethod.Post, host.Urls.Wait("room"), call, null),
            (HttpMethod.Post, host.Urls.ConferenceCallback("room"), callback, null),
            (HttpMethod.Get, host.Urls.ConferenceCallback("room") + $"&tag={InQuery}", null, null),
            (HttpMethod.Post, host.Urls.RecordingCallback("room"), $"{{\"{InBody}", null),
            (HttpMethod.Post, host.Urls.ConferenceCallback("room"), callback, "0000"),
            (HttpMethod.Post, $"{host.BaseUrl}/api/callbacks/conference/room?{InQuery}=1", callback, null),
            (HttpMethod.Post, host.Urls.ConferenceCallback("room"), InBody.PadRight(CallbackParser.MaxBytes + 1), null),
            (HttpMethod.Get, $"{host.BaseUrl}/api/conferences?name={InQuery}", null, null),
            (HttpMethod.Get, $"{host.BaseUrl}/api/conferences?{InQuery}=1", null, null),
            (HttpMethod.Put, $"{host.BaseUrl}/api/documents/room", $"sections: {{ main: [ {{ {InBody}: 1 }} ] }}", null),
        ];
        foreach ((HttpMethod method, string url, string? body, string? signature) in requests)
        {
            using var request = new HttpRequestMessage(method, url) { Content = body is null ? null : new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };
            request.Content?.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            if (signature is not null)
            {
                request.Headers.Add("X-Signalwire-Signature", signature);
            }

            using HttpResponseMessage response = await host.Client.SendAsync(request, TestContext.Current.CancellationToken);
            Assert.NotEqual(HttpStatusCode.InternalServerError, response.StatusCode);
        }
    }

    private static Task<bool> Refuse(string service, HttpContext context)
    {
        bool isRead = service == "queue" && HttpMethods.IsGet(context.Request.Method);
        context.Response.StatusCode = isRead ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status403Forbidden;
        return Task.FromResult(true);
    }

    private static void Note(List<string> spans, Activity span)
    {
        lock (spans)
        {
            spans.Add($"{span.DisplayName} {span.StatusDescription} {string.Join(' ', span.TagObjects)} {string.Join(' ', span.Events.SelectMany(e => e.Tags))}");
        }
    }
}
