using System.Globalization;
using System.Reflection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace ConferenceFunctions.Tests.Infra;

/// <summary>A setting of an options class, as the app binds it.</summary>
/// <param name="Key">Its name as an environment variable: <c>Section__Property</c>.</param>
/// <param name="Default">Its default as text; empty for none.</param>
/// <param name="Property">The property that it sets.</param>
internal sealed record Setting(string Key, string Default, PropertyInfo Property)
{
    /// <summary>Every setting that <c>AddConferenceFunctions</c> binds.</summary>
    public static IReadOnlyList<Setting> All { get; } = [.. Bound().SelectMany(Of).OrderBy(setting => setting.Key, StringComparer.Ordinal)];

    private static IEnumerable<Type> Bound()
    {
        IConfiguration configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?> { ["Storage"] = "UseDevelopmentStorage=true" }).Build();
        return new ServiceCollection().AddConferenceFunctions(configuration)
            .Where(service => service.ServiceType.IsGenericType && service.ServiceType.GetGenericTypeDefinition() == typeof(IOptionsChangeTokenSource<>))
            .Select(service => service.ServiceType.GenericTypeArguments[0])
            .Where(type => type.Namespace!.StartsWith("ConferenceFunctions", StringComparison.Ordinal))
            .Distinct();
    }

    private static IEnumerable<Setting> Of(Type options)
    {
        string? section = (string?)options.GetField("Section", BindingFlags.Public | BindingFlags.Static)?.GetRawConstantValue();
        object defaults = Activator.CreateInstance(options)!;
        return options.GetProperties().Where(property => property.SetMethod is { IsPublic: true }).Select(property => new Setting(
            section is null ? property.Name : $"{section}__{property.Name}", Text(property.GetValue(defaults)), property));
    }

    private static string Text(object? value) => value switch
    {
        null => "",
        bool flag => flag ? "true" : "false",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}
