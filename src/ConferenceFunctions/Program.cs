using ConferenceFunctions;
using ConferenceFunctions.Telemetry;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

FunctionsApplicationBuilder builder = FunctionsApplication.CreateBuilder(args);
builder.ConfigureFunctionsWebApplication();
builder.Services.AddConferenceFunctions(builder.Configuration);
if (TelemetryExtensions.IsCollected(builder.Configuration))
{
    // The app sends its logs itself, those from outside functions too; the host then leaves them alone instead of sending them again.
    builder.Services.Configure<WorkerOptions>(options => options.Capabilities["WorkerOpenTelemetryEnabled"] = bool.TrueString);
}

builder.Build().Run();
