using System.Collections.Concurrent;
using System.Globalization;
using ConferenceFunctions.Simulator.Logs;
using Microsoft.AspNetCore.Http;

namespace ConferenceFunctions.Simulator.Recordings;

/// <summary>What the recording server is told, in words, to do wrong: each recording has its own share of it.</summary>
internal sealed class RecordingFaults
{
    /// <summary>The words, as they are explained to who asks.</summary>
    public const string Words =
        "not-ready[:times], failing[:times], throttled[:seconds], gone, protected, redirect[:times], cut[:bytes], short[:bytes], stall[:bytes], page[:times], slow[:milliseconds], endless";

    private static readonly Dictionary<string, (int Usual, Func<int, Func<HttpContext, RequestDelegate, Task>> Create)> Kinds = new(StringComparer.Ordinal)
    {
        ["not-ready"] = (2, times => Misbehaviour.Answer(StatusCodes.Status404NotFound, times)),
        ["failing"] = (2, times => Misbehaviour.Answer(StatusCodes.Status503ServiceUnavailable, times)),
        ["throttled"] = (5, seconds => Misbehaviour.Answer(StatusCodes.Status429TooManyRequests, 1, TimeSpan.FromSeconds(seconds))),
        ["gone"] = (0, _ => Misbehaviour.Answer(StatusCodes.Status410Gone)),
        ["protected"] = (0, _ => Misbehaviour.Protect(SpaceApi.ProjectId, SpaceApi.ApiToken)),
        ["redirect"] = (1, Misbehaviour.Redirect),
        ["cut"] = (10_000, bytes => Misbehaviour.CutAfter(bytes)),
        ["short"] = (10_000, bytes => Misbehaviour.OnlyFirst(bytes)),
        ["stall"] = (10_000, bytes => Misbehaviour.StallAfter(bytes, times: 1)),
        ["page"] = (2, times => Misbehaviour.Instead("audio/wav", "<!DOCTYPE html><title>Not found</title>"u8.ToArray(), times)),
        ["slow"] = (100, pause => Misbehaviour.Slow(TimeSpan.FromMilliseconds(pause), TimeProvider.System)),
        ["endless"] = (0, _ => Misbehaviour.Endless()),
    };

    private readonly ConcurrentDictionary<string, Func<HttpContext, RequestDelegate, Task>> _ofRecordings = new(StringComparer.OrdinalIgnoreCase);
    private readonly IReadOnlyList<string> _faults;

    /// <summary>Takes faults that <see cref="IsFault"/> knows. The first stands before the others.</summary>
    public RecordingFaults(IReadOnlyList<string> faults) => _faults = faults;

    /// <summary>Whether it is one of the words, with or without a number behind it.</summary>
    public static bool IsFault(string fault) => Parse(fault) is not null;

    /// <summary>What stands between a request and its answer, see <see cref="RecordingServer.Misbehave"/>. The log of conferences is served as ever.</summary>
    public Task MisbehaveAsync(HttpContext context, RequestDelegate next) => context.Request.Path.StartsWithSegments(RecordingServer.Root, StringComparison.Ordinal)
        ? _ofRecordings.GetOrAdd(context.Request.Path.Value!, _ => Misbehaviour.All([.. _faults.Select(fault => Parse(fault)!())]))(context, next)
        : next(context);

    private static Func<Func<HttpContext, RequestDelegate, Task>>? Parse(string fault)
    {
        string[] parts = fault.Split(':', 2);
        bool isKnown = Kinds.TryGetValue(parts[0], out (int Usual, Func<int, Func<HttpContext, RequestDelegate, Task>> Create) kind);
        int number = kind.Usual;
        return isKnown && (parts.Length == 1 || int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out number)) ? () => kind.Create(number) : null;
    }
}
