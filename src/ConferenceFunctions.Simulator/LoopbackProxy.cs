namespace ConferenceFunctions.Simulator;

/// <summary>Keeps requests to this machine away from the proxy that <c>HTTP_PROXY</c> names, which could not forward them.</summary>
public static class LoopbackProxy
{
    private const string Loopback = "127.0.0.1,localhost,[::1]";

    /// <summary>Adds this machine to <c>NO_PROXY</c>, for this process. To be called before its first request.</summary>
    public static void Bypass()
    {
        string? others = Environment.GetEnvironmentVariable("no_proxy") ?? Environment.GetEnvironmentVariable("NO_PROXY");
        string bypassed = string.IsNullOrEmpty(others) ? Loopback : $"{others},{Loopback}";
        // Which of the spellings wins differs between libraries.
        Environment.SetEnvironmentVariable("no_proxy", bypassed);
        Environment.SetEnvironmentVariable("NO_PROXY", bypassed);
    }
}
