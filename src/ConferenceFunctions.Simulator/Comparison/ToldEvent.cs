using System.Text.Json.Nodes;
using ConferenceFunctions.Core.Callbacks;
using ConferenceFunctions.Simulator.Callbacks;
using ConferenceFunctions.Simulator.Conferences;

namespace ConferenceFunctions.Simulator.Comparison;

/// <summary>What the backend was told of an event: less than happened where the encoding has no room for more.</summary>
internal sealed class ToldEvent
{
    private readonly Dictionary<string, JsonNode> _fields;

    /// <summary>What a callback tells.</summary>
    public ToldEvent(SimulatedCallback callback)
    {
        Status = callback.Event.Status;
        Time = CallbackEncoder.ToldTime(callback);
        Subscribed = callback.Route.Events;
        _fields = CallbackEncoder.Told(callback).ToDictionary(field => field.Name, field => field.Value, StringComparer.Ordinal);
    }

    /// <summary>What happened.</summary>
    public string Status { get; }

    /// <summary>When, in microseconds since 1970; whole seconds where it was told so.</summary>
    public long Time { get; }

    /// <summary>The event list that it was posted for.</summary>
    public IReadOnlyList<string> Subscribed { get; }

    /// <summary>Whether it is about one participant.</summary>
    public bool IsParticipant => ConferenceStatus.IsParticipant(Status);

    /// <summary>A value as text; null where it was not told.</summary>
    public string? Text(string name) => _fields.GetValueOrDefault(name)?.GetValue<string>();

    /// <summary>A whole number; null where it was not told.</summary>
    public int? Number(string name) => _fields.GetValueOrDefault(name)?.GetValue<int>();

    /// <summary>A flag; null where it was not told.</summary>
    public bool? Flag(string name) => _fields.GetValueOrDefault(name)?.GetValue<bool>();
}
