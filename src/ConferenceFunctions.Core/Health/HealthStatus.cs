using System.Text.Json.Serialization;

namespace ConferenceFunctions.Core.Health;

/// <summary>How the system is.</summary>
[JsonConverter(typeof(HealthStatusConverter))]
public enum HealthStatus
{
    /// <summary>All is well.</summary>
    Healthy,

    /// <summary>It works, and somebody should look: see <see cref="HealthReport.Status"/>.</summary>
    Degraded,

    /// <summary>Storage fails.</summary>
    Unhealthy,
}
