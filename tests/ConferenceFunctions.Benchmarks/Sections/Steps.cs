using System.Diagnostics.Metrics;
using System.Text;
using ConferenceFunctions.Benchmarks.Figures;
using ConferenceFunctions.Benchmarks.Load;
using ConferenceFunctions.Core;
using ConferenceFunctions.Core.Callbacks;
using ConferenceFunctions.Core.Conferences;
using ConferenceFunctions.Core.SignalWire;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace ConferenceFunctions.Benchmarks.Sections;

/// <summary>What each step of our own costs: from the bytes of a request to the text of a message, and from there to the rows.</summary>
internal static class Steps
{
    private const int Batch = 64;
    private const string Host = "http://127.0.0.1:7071";

    public static Task<IReadOnlyList<Figure>> MeasureAsync(BenchmarkContext context)
    {
        IReadOnlyList<string> script = ConferenceScript.Events(Guid.NewGuid().ToString(), 300);
        byte[][] bodies = [.. script.Select(Encoding.UTF8.GetBytes)];
        ReceivedEvent[] events = [.. bodies.Select(Receive)];
        ReadOnlyMemory<byte>[] encoded = [.. events.Select(received => CallbackMessage.Encode(received.Callback))];
        BinaryData message = CallbackMessage.Assemble(null, 0, encoded[..Batch]);
        (RequestAuthenticator authenticator, SignalWireRequest[] requests) = Authentication(bodies);
        var state = new Dictionary<string, StateRow>(StringComparer.Ordinal);

        List<Step> intake =
        [
            Step.Measure("check the token", i => authenticator.Admit(requests[i % requests.Length], TokenPurpose.Conference, ConferenceScript.Document), 1, context),
            Step.Measure("read the event and derive its id", i => CallbackParser.TryParse(bodies[i % bodies.Length], CallbackKind.Conference, out _, out _), 1, context),
            Step.Measure("encode it for the queue", i => CallbackMessage.Encode(events[i % events.Length].Callback), 1, context),
            Step.Measure($"its part of a message of {Batch}", _ => CallbackMessage.Assemble(null, 0, encoded[..Batch]), Batch, context),
        ];
        List<Step> apply =
        [
            Step.Measure($"its part of reading a message of {Batch}", _ => CallbackMessage.Read(message), Batch, context),
            Step.Measure("read the event and derive its id", i => CallbackParser.TryParse(bodies[i % bodies.Length], CallbackKind.Conference, out _, out _), 1, context),
            Step.Measure("merge it into conference and participant", i => Merge(state, events[i % events.Length]), 1, context),
            Step.Measure("its row", i => ConferenceEntities.ToEntity(events[i % events.Length]), 1, context),
        ];
        return Task.FromResult<IReadOnlyList<Figure>>([.. Figures("request to queue message", intake), .. Figures("queue message to rows", apply)]);
    }

    private static IEnumerable<Figure> Figures(string name, List<Step> steps)
    {
        double microseconds = steps.Sum(step => step.Microseconds);
        double bytes = steps.Sum(step => step.Bytes);
        yield return new Figure($"our own CPU time and bytes allocated per callback, {name}", $"{Format.Time(microseconds / 1000)}, {Format.Bytes(bytes)}");
        foreach (Step step in steps)
        {
            yield return new Figure(
                $"– {step.Name}", $"{Format.Time(step.Microseconds / 1000)} ({step.Microseconds / microseconds:P0}), {Format.Bytes(step.Bytes)} ({step.Bytes / bytes:P0})");
        }
    }

    private static ReceivedEvent Receive(byte[] body) => CallbackParser.TryParse(body, CallbackKind.Conference, out ConferenceEvent? e, out string? fault)
        ? new ReceivedEvent(e, new QueuedCallback(e.Id, CallbackKind.Conference, ConferenceScript.Document, DateTimeOffset.UnixEpoch, body))
        : throw new FormatException(fault);

    private static (RequestAuthenticator Authenticator, SignalWireRequest[] Requests) Authentication(byte[][] bodies)
    {
        IOptions<AuthOptions> auth = Options.Create(new AuthOptions { CallbackSecret = AuthOptions.SampleSecret });
        var tokens = new CapabilityTokens(auth);
        var urls = new PublicUrls(Options.Create(new PublicUrlOptions { PublicBaseUrl = Host }), tokens);
        string path = new Uri(urls.ConferenceCallback(ConferenceScript.Document)).PathAndQuery;
        string token = tokens.Mint(TokenPurpose.Conference, ConferenceScript.Document)!;
        IMeterFactory meters = new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>();
        var authenticator = new RequestAuthenticator(
            auth, new SignatureValidator(auth, urls), tokens, new ConferenceTelemetry(meters), TimeProvider.System, NullLogger<RequestAuthenticator>.Instance);
        return (authenticator, [.. bodies.Select(body => new SignalWireRequest(path, body, Token: token))]);
    }

    private static void Merge(Dictionary<string, StateRow> state, ReceivedEvent received)
    {
        foreach (StateRow touched in StateRow.TouchedBy(received.Event))
        {
            string key = touched.Key;
            state[key] = (state.GetValueOrDefault(key) ?? touched).With(received);
        }
    }
}
