using System.Security.Cryptography;
using ConferenceFunctions.Core.SignalWire;
using ConferenceFunctions.Simulator;

namespace ConferenceFunctions.LocalHost;

/// <summary>The main job, once: a recorded conference is played against the app, with signatures and tokens, and compared.</summary>
internal static class Demo
{
    private const string Document = "demo";

    /// <summary>A signing key that nobody else has.</summary>
    public static string NewSigningKey() => $"PSK_{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16))}";

    /// <summary>What the demo adds to the settings.</summary>
    public static Dictionary<string, string?> Settings(string signingKey) => new()
    {
        ["Auth:SigningKeys"] = signingKey,
        ["Swml:HoldMusic"] = "silence:2 say:Please_wait.",
    };

    /// <summary>Plays the conference.</summary>
    /// <returns>The exit code: 0 if nothing was lost.</returns>
    public static async Task<int> RunAsync(LocalHostApp app, string signingKey, CancellationToken cancellationToken)
    {
        PublicUrls urls = app.Services.GetRequiredService<PublicUrls>();
        var options = new SimulationOptions
        {
            Urls = [urls.Swml(Document, "role=moderator&record=record-from-start"), urls.Swml(Document, "role=participant"), urls.Swml(Document)],
            Participants = 6,
            Seconds = 40,
            Speed = 8,
            SigningKey = signingKey,
        };
        SimulationResult result = await Simulator.Simulator.RunAsync(options, Simulator.Simulator.OpenConsole(), TimeProvider.System, cancellationToken);
        if (result.ExitCode == SimulationResult.NotPlayed)
        {
            await Console.Error.WriteLineAsync(result.Message);
        }

        return result.ExitCode;
    }
}
