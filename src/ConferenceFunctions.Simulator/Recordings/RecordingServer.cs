using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using ConferenceFunctions.Simulator.Logs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Net.Http.Headers;

namespace ConferenceFunctions.Simulator.Recordings;

/// <summary>
/// Serves recordings on the loopback address, under the path that SignalWire serves them under, whole or in ranges; and the log of
/// the conferences that they are of.
/// </summary>
internal sealed class RecordingServer : IAsyncDisposable
{
    /// <summary>What the paths of all recordings begin with.</summary>
    public const string Root = "/api/v1/recordings";

    private const string ContentType = "audio/x-wav";

    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, RecordedAudio> _recordings = new(StringComparer.OrdinalIgnoreCase);

    private long _bytesServed;

    private RecordingServer(WebApplication app) => _app = app;

    /// <summary>Where it listens, without a slash at its end.</summary>
    public string BaseUrl => _app.Urls.First().TrimEnd('/');

    /// <summary>The log of conferences that it serves.</summary>
    public ConferenceLog Log { get; } = new();

    /// <summary>Stands between a request and its answer where it is set: it may delay, break or replace the answer. See <see cref="Misbehaviour"/>.</summary>
    public Func<HttpContext, RequestDelegate, Task>? Misbehave { get; set; }

    /// <summary>The requests so far: path and headers.</summary>
    public ConcurrentQueue<(string Path, IHeaderDictionary Headers)> Requests { get; } = [];

    /// <summary>Bytes of bodies that were sent so far.</summary>
    public long BytesServed => Interlocked.Read(ref _bytesServed);

    /// <summary>Starts to listen.</summary>
    /// <param name="port">The port; 0 for any that is free.</param>
    /// <param name="cancellationToken">Cancels the start.</param>
    /// <returns>The server; null where the port is taken.</returns>
    public static async Task<RecordingServer?> StartAsync(int port, CancellationToken cancellationToken)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        // Settings of whoever runs it, or lies in the current directory, are not its own.
        builder.Configuration.Sources.Clear();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(IPAddress.Loopback, port);
        });
        WebApplication app = builder.Build();
        var server = new RecordingServer(app);
        app.Use(next => context => server.CountAsync(context, next));
        app.Use(next => context => server.Misbehave is { } misbehave ? misbehave(context, next) : next(context));
        app.MapMethods(PathOf("{id}"), [HttpMethods.Get, HttpMethods.Head], server.Download);
        new SpaceApi(server.Log, server).Map(app);
        try
        {
            await app.StartAsync(cancellationToken);
            return server;
        }
        catch (IOException exception) when (exception.GetBaseException() is SocketException)
        {
            await app.DisposeAsync();
            return null;
        }
    }

    /// <summary>The path of a recording.</summary>
    public static string PathOf(string id) => $"{Root}/{id}/download";

    /// <summary>Has a recording from now on.</summary>
    public void Add(string id, RecordedAudio audio) => _recordings[id] = audio;

    /// <summary>Deletes a recording.</summary>
    /// <returns>Whether there was one.</returns>
    public bool Remove(string id) => _recordings.TryRemove(id, out _);

    /// <summary>The audio of a recording; null where there is none of that id.</summary>
    public RecordedAudio? Find(string id) => _recordings.GetValueOrDefault(id);

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private Task CountAsync(HttpContext context, RequestDelegate next)
    {
        Requests.Enqueue((context.Request.Path, new HeaderDictionary(context.Request.Headers.ToDictionary())));
        Stream body = context.Response.Body;
        context.Response.Body = new ResponseTap(async (buffer, token) =>
        {
            await body.WriteAsync(buffer, token);
            Interlocked.Add(ref _bytesServed, buffer.Length);
        });
        return next(context);
    }

    private IResult Download(string id) => Find(id) is { } audio
        ? Results.Bytes(
            audio.Content, ContentType, enableRangeProcessing: true, entityTag: new EntityTagHeaderValue($"\"{audio.Sha256}\""))
        : Results.NotFound();
}
