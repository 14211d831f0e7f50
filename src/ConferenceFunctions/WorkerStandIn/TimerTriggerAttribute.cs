namespace Microsoft.Azure.Functions.Worker;

/// <summary>Binds a parameter to the timer that calls the function.</summary>
/// <param name="schedule">Schedule in NCrontab's form with seconds, or a setting's name between percent signs.</param>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class TimerTriggerAttribute(string schedule) : Attribute
{
    /// <summary>Schedule in NCrontab's form with seconds, or a setting's name between percent signs.</summary>
    public string Schedule { get; } = schedule;
}
