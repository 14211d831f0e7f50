using System.Reflection;
using Microsoft.Azure.Functions.Worker;

namespace ConferenceFunctions.LocalHost.Functions;

/// <summary>A function that a queue message calls.</summary>
/// <param name="Name">Name of the function.</param>
/// <param name="Method">Its method.</param>
/// <param name="Trigger">Its trigger.</param>
internal sealed record QueueFunction(string Name, MethodInfo Method, QueueTriggerAttribute Trigger);
