using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Azure.Functions.Worker;

namespace ConferenceFunctions.LocalHost.Functions;

/// <summary>Maps HTTP functions to routes.</summary>
internal static class HttpFunctionEndpoints
{
    private const string KeyHeader = "x-functions-key";
    private const string KeyParameter = "code";

    /// <summary>Maps the functions under the route prefix.</summary>
    /// <param name="routes">Where to map them.</param>
    /// <param name="functions">The functions.</param>
    /// <param name="prefix">Route prefix of host.json.</param>
    /// <param name="apiKey">Key that functions above <see cref="AuthorizationLevel.Anonymous"/> ask for; null for none.</param>
    public static void MapFunctions(this IEndpointRouteBuilder routes, IEnumerable<HttpFunction> functions, string prefix, string? apiKey)
    {
        foreach (HttpFunction function in functions)
        {
            string route = $"/{prefix}/{function.Trigger.Route ?? function.Name}";
            ObjectFactory create = ActivatorUtilities.CreateFactory(function.Method.DeclaringType!, []);
            RequestDelegate call = RequestDelegateFactory.Create(
                function.Method,
                context => create(context.RequestServices, null),
                new RequestDelegateFactoryOptions { ServiceProvider = routes.ServiceProvider, RouteParameterNames = RoutePatternFactory.Parse(route).Parameters.Select(parameter => parameter.Name) }).RequestDelegate;
            bool open = string.IsNullOrEmpty(apiKey) || function.Trigger.AuthLevel == AuthorizationLevel.Anonymous;
            routes.MapMethods(route, function.Trigger.Methods ?? [], open ? call : WithKey(call, apiKey!));
        }
    }

    private static RequestDelegate WithKey(RequestDelegate call, string apiKey) => context =>
    {
        string? key = context.Request.Headers[KeyHeader].FirstOrDefault() ?? context.Request.Query[KeyParameter].FirstOrDefault();
        if (CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(key ?? ""), Encoding.UTF8.GetBytes(apiKey)))
        {
            return call(context);
        }

        context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        return Task.CompletedTask;
    };
}
