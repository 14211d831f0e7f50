using System.Reflection;

namespace ConferenceFunctions.LocalHost.Functions;

/// <summary>Calls functions that are no HTTP functions. Their class is made per call from a scope of its own, as the worker does.</summary>
internal sealed class FunctionInvoker(IServiceScopeFactory scopes)
{
    /// <summary>Calls a function.</summary>
    /// <param name="method">Its method.</param>
    /// <param name="argument">What its trigger binds to.</param>
    /// <param name="cancellationToken">Its cancellation token.</param>
    public async Task InvokeAsync(MethodInfo method, object argument, CancellationToken cancellationToken)
    {
        await using AsyncServiceScope scope = scopes.CreateAsyncScope();
        object target = ActivatorUtilities.CreateInstance(scope.ServiceProvider, method.DeclaringType!);
        object[] arguments = [.. method.GetParameters().Select(parameter =>
            parameter.ParameterType == typeof(CancellationToken) ? cancellationToken : argument)];
        await (Task)method.Invoke(target, BindingFlags.DoNotWrapExceptions, null, arguments, null)!;
    }
}
