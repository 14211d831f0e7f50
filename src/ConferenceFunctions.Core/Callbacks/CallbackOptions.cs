using System.ComponentModel.DataAnnotations;

namespace ConferenceFunctions.Core.Callbacks;

/// <summary>Settings <c>Callbacks</c>: how callbacks are made durable.</summary>
public sealed class CallbackOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Callbacks";

    /// <summary>Longest time until a callback is durable; beyond, SignalWire is told to try again. It waits five seconds itself.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:00:05")]
    public TimeSpan PutTimeout { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>Puts to the queue at a time. More of them means fewer callbacks in each.</summary>
    [Range(1, 64)]
    public int PutsInFlight { get; set; } = 4;

    /// <summary>
    /// Callbacks that may wait for a put, of 8 KiB each on average; beyond either, SignalWire is told to try again. So large ones can't
    /// take more memory than many.
    /// </summary>
    [Range(1, 100_000)]
    public int Capacity { get; set; } = 4096;
}
