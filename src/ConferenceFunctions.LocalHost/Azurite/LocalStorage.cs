using System.Net.Sockets;

namespace ConferenceFunctions.LocalHost.Azurite;

/// <summary>Sees to it that something answers where <c>UseDevelopmentStorage=true</c> says that storage is.</summary>
internal static class LocalStorage
{
    private const string Development = "UseDevelopmentStorage=true";

    // The ports of UseDevelopmentStorage: blob, queue, table.
    private static readonly int[] Ports = [10000, 10001, 10002];

    /// <summary>Starts Azurite where the setting asks for it and none answers.</summary>
    /// <returns>The Azurite that was started; null where none was needed.</returns>
    public static async Task<AzuriteProcess?> EnsureAsync(string? connectionString, Action<string> progress, CancellationToken cancellationToken)
    {
        if (connectionString is null || !connectionString.Trim().TrimEnd(';').Equals(Development, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        bool[] answers = await Task.WhenAll(Ports.Select(port => AnswersAsync(port, cancellationToken)));
        if (answers.All(answered => answered))
        {
            return null;
        }

        if (answers.Any(answered => answered))
        {
            int taken = Ports[Array.IndexOf(answers, true)];
            throw new LocalHostException(
                $"Port {taken} is taken by another program, and Azurite needs 10000, 10001 and 10002. End that program, or give --storage <connection string>.");
        }

        string script = await AzuriteInstallation.EnsureAsync(progress, cancellationToken);
        string data = Path.Combine(AzuriteInstallation.Directory, "data");
        Directory.CreateDirectory(data);
        return await AzuriteProcess.StartAsync(script, ["--location", data], cancellationToken: cancellationToken);
    }

    private static async Task<bool> AnswersAsync(int port, CancellationToken cancellationToken)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync("127.0.0.1", port, cancellationToken);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
