using ConferenceFunctions.Core.SignalWire;
using Microsoft.Extensions.Options;

namespace ConferenceFunctions.Core.Recordings;

/// <summary>Refuses, at start and in words, settings with which recordings could not be fetched, or from anywhere.</summary>
public sealed class RecordingOptionsValidator(IOptions<SignalWireOptions> signalWire) : IValidateOptions<RecordingOptions>
{
    /// <inheritdoc />
    public ValidateOptionsResult Validate(string? name, RecordingOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        string[] faults = [.. Faults(options)];
        return faults.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private IEnumerable<string> Faults(RecordingOptions options)
    {
        string[] hosts = RecordingHosts.Split(options.AllowedHosts);
        if (hosts.Length == 0 && !options.AllowLoopback)
        {
            yield return "The setting 'Recordings__AllowedHosts' is empty, so that nothing could be fetched. Give names of hosts, such as *.signalwire.com.";
        }

        foreach (string host in hosts.Where(host => RecordingHosts.Normalize(host) is null))
        {
            yield return $"The setting 'Recordings__AllowedHosts' has '{host}'. It takes names of hosts separated by blanks, such as " +
                "files.example.com, or *.example.com for any host below; no scheme, port, path or address.";
        }

        if (!RetrySchedule.TryParse(options.RetrySchedule, out _))
        {
            yield return "The setting 'Recordings__RetrySchedule' takes delays of up to six hours separated by blanks, such as 00:00:30 00:05:00 06:00:00.";
        }

        if (options.DeleteAtSource && !signalWire.Value.IsConfigured)
        {
            yield return "The setting 'Recordings__DeleteAtSource' is true, and there is no access to delete anything. Set " +
                "SignalWire__SpaceUrl, SignalWire__ProjectId and SignalWire__ApiToken.";
        }
    }
}
