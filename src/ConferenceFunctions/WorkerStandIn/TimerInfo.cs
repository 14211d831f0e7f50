namespace Microsoft.Azure.Functions.Worker;

/// <summary>What a timer tells the function that it calls.</summary>
public sealed class TimerInfo
{
    /// <summary>Whether the call is late.</summary>
    public bool IsPastDue { get; set; }
}
