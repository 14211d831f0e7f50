using System.Net;
using System.Net.Sockets;

namespace ConferenceFunctions.IntegrationTests.Infrastructure;

/// <summary>Ports of the loopback address that nobody listens on, for whoever has to know its port before it listens.</summary>
internal static class FreePorts
{
    /// <summary>So many of them.</summary>
    public static int[] Take(int count)
    {
        TcpListener[] listeners = [.. Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0))];
        try
        {
            Array.ForEach(listeners, listener => listener.Start());
            return [.. listeners.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port)];
        }
        finally
        {
            Array.ForEach(listeners, listener => listener.Dispose());
        }
    }
}
