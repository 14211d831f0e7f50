using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace ConferenceFunctions.Simulator.Recordings;

/// <summary>
/// What a recording server may do wrong, each for <see cref="RecordingServer.Misbehave"/>. One that takes a number of times behaves
/// well after so many answers.
/// </summary>
internal static class Misbehaviour
{
    private const int ChunkBytes = 8 * 1024;

    // What was sent just before a connection is reset may be lost on the way.
    private static readonly TimeSpan Arrival = TimeSpan.FromMilliseconds(30);

    /// <summary>Answers with a status and nothing else: not ready, overloaded, gone.</summary>
    /// <param name="status">HTTP status.</param>
    /// <param name="times">How often.</param>
    /// <param name="retryAfter">What it asks to be left alone for.</param>
    public static Func<HttpContext, RequestDelegate, Task> Answer(int status, int times = int.MaxValue, TimeSpan? retryAfter = null) => Times(times, (context, _) =>
    {
        context.Response.StatusCode = status;
        if (retryAfter is { } delay)
        {
            context.Response.Headers.RetryAfter = delay.TotalSeconds.ToString("F0", CultureInfo.InvariantCulture);
        }

        return Task.CompletedTask;
    });

    /// <summary>Cuts the connection: the first answer after so many bytes of its body, and so on.</summary>
    public static Func<HttpContext, RequestDelegate, Task> CutAfter(params long[] bytes)
    {
        var cuts = new ConcurrentQueue<long>(bytes);
        return (context, next) =>
        {
            if (cuts.TryDequeue(out long left))
            {
                Tap(context, async (body, buffer, token) =>
                {
                    await body.WriteAsync(buffer[..(int)Math.Min(buffer.Length, left)], token);
                    if ((left -= buffer.Length) <= 0)
                    {
                        await body.FlushAsync(token);
                        await Task.Delay(Arrival, TimeProvider.System, CancellationToken.None);
                        context.Abort();
                    }
                });
            }

            return next(context);
        };
    }

    /// <summary>Sends something else, whole and with its length.</summary>
    public static Func<HttpContext, RequestDelegate, Task> Instead(string? contentType, byte[] body, int times = int.MaxValue) => Times(times, async (context, _) =>
    {
        context.Response.ContentType = contentType;
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body, context.RequestAborted);
    });

    /// <summary>Sends only so many of the first bytes, with a length as if they were all.</summary>
    public static Func<HttpContext, RequestDelegate, Task> OnlyFirst(long bytes, int times = int.MaxValue) => Times(times, (context, next) =>
    {
        long left = bytes;
        context.Request.Headers.Remove(HeaderNames.Range);
        context.Response.OnStarting(() =>
        {
            context.Response.ContentLength = Math.Min(bytes, context.Response.ContentLength ?? bytes);
            return Task.CompletedTask;
        });
        Tap(context, async (body, buffer, token) =>
        {
            await body.WriteAsync(buffer[..(int)Math.Clamp(left, 0, buffer.Length)], token);
            left -= buffer.Length;
        });
        return next(context);
    });

    /// <summary>Sends the right bytes with other headers; a null takes one away.</summary>
    public static Func<HttpContext, RequestDelegate, Task> WithHeaders(params (string Name, string? Value)[] headers) => (context, next) =>
    {
        context.Response.OnStarting(() =>
        {
            foreach ((string name, string? value) in headers)
            {
                context.Response.Headers[name] = value;
            }

            return Task.CompletedTask;
        });
        return next(context);
    };

    /// <summary>Redirects to itself so often, then answers.</summary>
    public static Func<HttpContext, RequestDelegate, Task> Redirect(int times) => (context, next) =>
    {
        _ = int.TryParse(context.Request.Query["hop"], out int hop);
        if (hop >= times)
        {
            return next(context);
        }

        context.Response.StatusCode = StatusCodes.Status302Found;
        context.Response.Headers.Location = $"{context.Request.Path}?hop={hop + 1}";
        return Task.CompletedTask;
    };

    /// <summary>Asks for credentials.</summary>
    public static Func<HttpContext, RequestDelegate, Task> Protect(string user, string password, int status = StatusCodes.Status401Unauthorized) => (context, next) =>
    {
        string expected = $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"))}";
        if (context.Request.Headers.Authorization == expected)
        {
            return next(context);
        }

        context.Response.StatusCode = status;
        return Task.CompletedTask;
    };

    /// <summary>Pauses again and again.</summary>
    public static Func<HttpContext, RequestDelegate, Task> Slow(TimeSpan pause, TimeProvider time) => (context, next) =>
    {
        Tap(context, async (body, buffer, token) =>
        {
            for (int sent = 0; sent < buffer.Length; sent += ChunkBytes)
            {
                await body.WriteAsync(buffer.Slice(sent, Math.Min(ChunkBytes, buffer.Length - sent)), token);
                await body.FlushAsync(token);
                await Task.Delay(pause, time, token);
            }
        });
        return next(context);
    };

    /// <summary>Falls silent after so many bytes, until the other side gives up, or until it is told to go on.</summary>
    public static Func<HttpContext, RequestDelegate, Task> StallAfter(long bytes, int times = int.MaxValue, Task? until = null) => Times(times, (context, next) =>
    {
        long left = bytes;
        Tap(context, async (body, buffer, token) =>
        {
            await body.WriteAsync(buffer[..(int)Math.Clamp(left, 0, buffer.Length)], token);
            left -= buffer.Length;
            if (left < 0)
            {
                await body.FlushAsync(token);
                await (until ?? Task.Delay(Timeout.Infinite, context.RequestAborted)).WaitAsync(context.RequestAborted);
                context.Abort();
            }
        });
        return next(context);
    });

    /// <summary>Begins like the right answer, without a length, and never ends.</summary>
    public static Func<HttpContext, RequestDelegate, Task> Endless() => async (context, _) =>
    {
        byte[] chunk = new byte[ChunkBytes];
        byte[] begin = WaveAudio.Create(1, 1);
        await context.Response.Body.WriteAsync(begin, context.RequestAborted);
        while (!context.RequestAborted.IsCancellationRequested)
        {
            await context.Response.Body.WriteAsync(chunk, context.RequestAborted);
        }
    };

    /// <summary>Takes no ranges: always sends all of it.</summary>
    public static Func<HttpContext, RequestDelegate, Task> WithoutRanges() => (context, next) =>
    {
        context.Request.Headers.Remove(HeaderNames.Range);
        return next(context);
    };

    /// <summary>Several at once: the first stands before the others.</summary>
    public static Func<HttpContext, RequestDelegate, Task> All(params Func<HttpContext, RequestDelegate, Task>[] misbehaviours) => (context, next) =>
        misbehaviours.Reverse().Aggregate(next, (inner, misbehave) => request => misbehave(request, inner))(context);

    private static Func<HttpContext, RequestDelegate, Task> Times(int times, Func<HttpContext, RequestDelegate, Task> misbehave)
    {
        int count = 0;
        return (context, next) => Interlocked.Increment(ref count) <= times ? misbehave(context, next) : next(context);
    }

    private static void Tap(HttpContext context, Func<Stream, ReadOnlyMemory<byte>, CancellationToken, ValueTask> write)
    {
        Stream body = context.Response.Body;
        context.Response.Body = new ResponseTap((buffer, token) => write(body, buffer, token));
    }
}
