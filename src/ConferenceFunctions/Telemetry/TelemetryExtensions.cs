using System.Diagnostics;
using Azure.Core;
using Azure.Identity;
using Azure.Monitor.OpenTelemetry.Exporter;
using ConferenceFunctions.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace ConferenceFunctions.Telemetry;

/// <summary>
/// Sends metrics, traces and logs where the environment says: to Azure Monitor with <c>APPLICATIONINSIGHTS_CONNECTION_STRING</c>, by
/// OTLP with <c>OTEL_EXPORTER_OTLP_ENDPOINT</c>. With neither, nothing is collected, and logs go the way of the host alone.
/// </summary>
internal static class TelemetryExtensions
{
    private const string ConnectionString = "APPLICATIONINSIGHTS_CONNECTION_STRING";
    private const string Authentication = "APPLICATIONINSIGHTS_AUTHENTICATION_STRING";
    private const string OtlpEndpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>Whether there is somebody to take what is collected.</summary>
    public static bool IsCollected(IConfiguration configuration) => ToAzure(configuration) || ToOtlp(configuration);

    /// <summary>Adds the collection of metrics, traces and logs, where there is somebody to take them.</summary>
    public static IServiceCollection AddConferenceTelemetry(this IServiceCollection services, IConfiguration configuration)
    {
        bool azure = ToAzure(configuration);
        bool otlp = ToOtlp(configuration);
        if (!azure && !otlp)
        {
            return services;
        }

        // What libraries tell of their good days would be most of the bill, and may name URLs.
        services.AddLogging(logging => logging.AddFilter<OpenTelemetryLoggerProvider>((category, level) =>
            level >= LogLevel.Warning || (level >= LogLevel.Information && category?.StartsWith(ConferenceTelemetry.Name, StringComparison.Ordinal) == true)));

        services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(configuration["OTEL_SERVICE_NAME"] ?? ConferenceTelemetry.Name))
            .WithMetrics(metrics => metrics
                .AddMeter(ConferenceTelemetry.Name)
                .AddExporters(
                    azure ? builder => builder.AddAzureMonitorMetricExporter(options => Configure(options, configuration)) : null,
                    otlp ? builder => builder.AddOtlpExporter() : null))
            .WithTracing(traces => traces
                .AddSource(ConferenceTelemetry.Name)
                .AddAspNetCoreInstrumentation()
                // What no request and no message asked for, such as the refresh of documents, would be most of the bill.
                .AddHttpClientInstrumentation(options => options.FilterHttpRequestMessage = _ => Activity.Current?.Parent is not null)
                .AddExporters(
                    azure ? builder => builder.AddAzureMonitorTraceExporter(options => Configure(options, configuration)) : null,
                    otlp ? builder => builder.AddOtlpExporter() : null)
                // Last, since Azure Monitor's exporter brings a sampler that tears traces apart at the queue.
                .SetSampler(provider => new ParentBasedSampler(
                    new TraceIdRatioBasedSampler(provider.GetRequiredService<IOptions<TelemetryOptions>>().Value.SamplingRatio))))
            .WithLogging(logs => logs.AddExporters(
                azure ? builder => builder.AddAzureMonitorLogExporter(options => Configure(options, configuration)) : null,
                otlp ? builder => builder.AddOtlpExporter() : null));
        return services;
    }

    private static bool ToAzure(IConfiguration configuration) => !string.IsNullOrEmpty(configuration[ConnectionString]);

    private static bool ToOtlp(IConfiguration configuration) => !string.IsNullOrEmpty(configuration[OtlpEndpoint]);

    private static T AddExporters<T>(this T builder, params Func<T, T>?[] exporters) =>
        exporters.OfType<Func<T, T>>().Aggregate(builder, (current, add) => add(current));

    private static void Configure(AzureMonitorExporterOptions options, IConfiguration configuration)
    {
        options.ConnectionString = configuration[ConnectionString];
        options.Credential = Credential(configuration[Authentication]);
        // The Functions host sends these itself.
        options.EnableLiveMetrics = false;
        options.EnablePerformanceCounters = false;
        options.EnableStandardMetrics = false;
    }

    /// <summary>The identity that <c>Authorization=AAD;ClientId=…</c> names, as the Functions host reads it; null for none.</summary>
    private static TokenCredential? Credential(string? authentication)
    {
        Dictionary<string, string> parts = (authentication ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(part => part.Split('=', 2)).Where(part => part.Length == 2)
            .ToDictionary(part => part[0], part => part[1], StringComparer.OrdinalIgnoreCase);
        return !"AAD".Equals(parts.GetValueOrDefault("Authorization"), StringComparison.OrdinalIgnoreCase)
            ? null
            : new ManagedIdentityCredential(parts.TryGetValue("ClientId", out string? clientId)
                ? ManagedIdentityId.FromUserAssignedClientId(clientId)
                : ManagedIdentityId.SystemAssigned);
    }
}
