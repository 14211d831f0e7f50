using System.Net;
using System.Net.Sockets;
using ConferenceFunctions.Core.SignalWire;

namespace ConferenceFunctions.Core.Recordings;

/// <summary>
/// Makes the connections over which recordings are fetched: resolves a host, checks every address, and connects to the very
/// addresses it checked. So no name can lead into our own network, whatever it resolves to, and whenever.
/// </summary>
/// <param name="allowLoopback">Whether a host that names this machine itself may lead to it.</param>
/// <param name="resolve">Resolves a host.</param>
/// <param name="connect">Connects to an address.</param>
internal sealed class RecordingConnector(
    bool allowLoopback, Func<string, CancellationToken, Task<IPAddress[]>> resolve, Func<IPEndPoint, CancellationToken, Task<Stream>> connect)
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(2);

    /// <summary>A connector with the system's resolver and sockets.</summary>
    public RecordingConnector(bool allowLoopback)
        : this(allowLoopback, Dns.GetHostAddressesAsync, ConnectAsync)
    {
    }

    /// <summary>A handler whose every connection is made here: no proxy, no redirects, no cookies, no decompression of its own.</summary>
    public SocketsHttpHandler CreateHandler() => new()
    {
        UseProxy = false,
        AllowAutoRedirect = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.None,
        ActivityHeadersPropagator = null,
        ConnectTimeout = ConnectTimeout,
        PooledConnectionLifetime = ConnectionLifetime,
        ConnectCallback = async (context, cancellationToken) => await ConnectAsync(context.DnsEndPoint, cancellationToken),
    };

    private async Task<Stream> ConnectAsync(DnsEndPoint endPoint, CancellationToken cancellationToken)
    {
        IPAddress[] addresses = IPAddress.TryParse(endPoint.Host, out IPAddress? literal) ? [literal] : await resolve(endPoint.Host, cancellationToken);
        bool local = allowLoopback && PublicUrls.IsLoopback(endPoint.Host);
        if (addresses.Any(address => local ? !IPAddress.IsLoopback(address) : !RecordingAddresses.IsPublic(address)))
        {
            throw new RefusedAddressException(endPoint.Host);
        }

        SocketException? failure = null;
        foreach (IPAddress address in addresses)
        {
            try
            {
                return await connect(new IPEndPoint(address, endPoint.Port), cancellationToken);
            }
            catch (SocketException exception)
            {
                failure = exception;
            }
        }

        throw failure ?? new SocketException((int)SocketError.HostNotFound);
    }

    private static async Task<Stream> ConnectAsync(IPEndPoint endPoint, CancellationToken cancellationToken)
    {
        var socket = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(endPoint, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
