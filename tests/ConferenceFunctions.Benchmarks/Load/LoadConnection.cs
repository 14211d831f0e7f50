using System.Globalization;
using System.Net.Sockets;

namespace ConferenceFunctions.Benchmarks.Load;

/// <summary>
/// A keep-alive HTTP/1.1 connection that sends requests which are bytes already, and reads no more of an answer than its status and
/// its length: the client must not be what is measured.
/// </summary>
internal sealed class LoadConnection : IDisposable
{
    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _buffer = new byte[64 * 1024];

    public static async Task<LoadConnection> OpenAsync(Uri host)
    {
        var connection = new LoadConnection();
        await connection._socket.ConnectAsync(host.Host, host.Port);
        return connection;
    }

    /// <summary>Sends a request and reads its answer.</summary>
    /// <returns>The answer's status.</returns>
    /// <exception cref="IOException">The connection was closed, or the answer is none with a length.</exception>
    public async ValueTask<int> SendAsync(ReadOnlyMemory<byte> request)
    {
        for (int sent = 0; sent < request.Length;)
        {
            sent += await _socket.SendAsync(request[sent..]);
        }

        int filled = 0;
        int total = int.MaxValue;
        while (filled < total)
        {
            int read = await _socket.ReceiveAsync(_buffer.AsMemory(filled));
            filled += read > 0 ? read : throw new IOException("The server closed the connection.");
            total = total == int.MaxValue ? LengthOf(_buffer.AsSpan(0, filled)) : total;
        }

        // "HTTP/1.1 204 …"
        return int.Parse(_buffer.AsSpan(9, 3), NumberStyles.None, CultureInfo.InvariantCulture);
    }

    public void Dispose() => _socket.Dispose();

    /// <summary>Bytes of the whole answer; <see cref="int.MaxValue"/> as long as its headers aren't complete.</summary>
    private static int LengthOf(ReadOnlySpan<byte> answer)
    {
        int headers = answer.IndexOf("\r\n\r\n"u8);
        if (headers < 0)
        {
            return int.MaxValue;
        }

        int length = answer[..headers].IndexOf("Content-Length: "u8);
        if (length < 0)
        {
            return answer[..headers].IndexOf("Transfer-Encoding"u8) < 0 ? headers + 4 : throw new IOException("The answer has no length.");
        }

        ReadOnlySpan<byte> value = answer[(length + "Content-Length: ".Length)..headers];
        int end = value.IndexOf((byte)'\r');
        return headers + 4 + int.Parse(end < 0 ? value : value[..end], NumberStyles.None, CultureInfo.InvariantCulture);
    }
}
