namespace Microsoft.Azure.Functions.Worker;

/// <summary>Binds a parameter to the queue message that calls the function.</summary>
/// <param name="queueName">Name of the queue.</param>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class QueueTriggerAttribute(string queueName) : Attribute
{
    /// <summary>Name of the queue.</summary>
    public string QueueName { get; } = queueName;

    /// <summary>Setting that says where the queue is.</summary>
    public string? Connection { get; set; }
}
