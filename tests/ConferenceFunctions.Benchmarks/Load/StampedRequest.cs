using System.Buffers.Text;
using System.Text;

namespace ConferenceFunctions.Benchmarks.Load;

/// <summary>A request that is another one each time it is sent: six digits of its timestamp count.</summary>
internal sealed class StampedRequest
{
    /// <summary>What stands in a body for the digits that count.</summary>
    public const string Placeholder = "######";

    private readonly byte[] _template;
    private readonly int _offset;
    private int _last;

    private StampedRequest(byte[] template) => (_template, _offset) = (template, template.AsSpan().IndexOf("######"u8));

    /// <summary>A GET.</summary>
    public static StampedRequest Get(Uri url) => new(Head("GET", url, ""));

    /// <summary>A POST of JSON.</summary>
    public static StampedRequest Post(Uri url, string json) => new(PostOf(url, json));

    /// <summary>The bytes of a POST of JSON.</summary>
    public static byte[] PostOf(Uri url, string json) =>
        [.. Head("POST", url, $"Content-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(json)}\r\n"), .. Encoding.UTF8.GetBytes(json)];

    /// <summary>A copy of the request, for <see cref="Stamp"/>.</summary>
    public byte[] Copy() => [.. _template];

    /// <summary>Makes a copy another request than all before.</summary>
    public void Stamp(byte[] copy)
    {
        if (_offset >= 0)
        {
            Utf8Formatter.TryFormat((uint)Interlocked.Increment(ref _last) % 1_000_000, copy.AsSpan(_offset), out _, new System.Buffers.StandardFormat('D', 6));
        }
    }

    private static byte[] Head(string method, Uri url, string headers) =>
        Encoding.ASCII.GetBytes($"{method} {url.PathAndQuery} HTTP/1.1\r\nHost: {url.Authority}\r\nUser-Agent: benchmark\r\n{headers}\r\n");
}
