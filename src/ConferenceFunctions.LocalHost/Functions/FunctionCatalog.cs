using System.Reflection;
using Microsoft.Azure.Functions.Worker;

namespace ConferenceFunctions.LocalHost.Functions;

/// <summary>The functions of the app, found by their attributes.</summary>
internal sealed class FunctionCatalog
{
    /// <summary>Looks through an assembly.</summary>
    /// <param name="app">The function app.</param>
    /// <param name="configuration">Settings; <c>AzureWebJobs.{function}.Disabled</c> leaves a function out, as in Azure.</param>
    public FunctionCatalog(Assembly app, IConfiguration configuration)
    {
        foreach (MethodInfo method in app.GetTypes().SelectMany(type => type.GetMethods()))
        {
            if (method.GetCustomAttribute<FunctionAttribute>() is { } function && !IsDisabled(configuration, function.Name))
            {
                Add(function.Name, method);
            }
        }
    }

    public List<HttpFunction> Http { get; } = [];

    public List<QueueFunction> Queues { get; } = [];

    public List<TimerFunction> Timers { get; } = [];

    private static bool IsDisabled(IConfiguration configuration, string function) =>
        configuration[$"AzureWebJobs.{function}.Disabled"] is { } value && (value == "1" || value.Equals("true", StringComparison.OrdinalIgnoreCase));

    private void Add(string name, MethodInfo method)
    {
        foreach (ParameterInfo parameter in method.GetParameters())
        {
            if (parameter.GetCustomAttribute<HttpTriggerAttribute>() is { } http)
            {
                Http.Add(new HttpFunction(name, method, http));
            }
            else if (parameter.GetCustomAttribute<QueueTriggerAttribute>() is { } queue)
            {
                Queues.Add(new QueueFunction(name, method, queue));
            }
            else if (parameter.GetCustomAttribute<TimerTriggerAttribute>() is { } timer)
            {
                Timers.Add(new TimerFunction(name, method, timer));
            }
        }
    }
}
