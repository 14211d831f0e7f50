using ConferenceFunctions.Core;
using ConferenceFunctions.Core.Callbacks;
using ConferenceFunctions.Core.Conferences;
using ConferenceFunctions.Core.DeadLetters;
using ConferenceFunctions.Core.Health;
using ConferenceFunctions.Core.Reconciliation;
using ConferenceFunctions.Core.Recordings;
using ConferenceFunctions.Core.Retention;
using ConferenceFunctions.Core.SignalWire;
using ConferenceFunctions.Core.Storage;
using ConferenceFunctions.Core.Swml;
using ConferenceFunctions.Http;
using ConferenceFunctions.Telemetry;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ConferenceFunctions;

/// <summary>Wires the app, for whichever host runs it.</summary>
public static class ServiceCollectionExtensions
{
    /// <summary>Adds everything that the functions need.</summary>
    public static IServiceCollection AddConferenceFunctions(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        services.AddOptions<PublicUrlOptions>().Bind(configuration).PostConfigure(options => options.UseHostName(configuration["WEBSITE_HOSTNAME"]));
        services.AddSingleton<IValidateOptions<AuthOptions>, AuthOptionsValidator>();
        services.AddSettings<AuthOptions>(configuration, AuthOptions.Section);
        services.AddSingleton<IValidateOptions<SignalWireOptions>, SignalWireOptionsValidator>();
        services.AddSettings<SignalWireOptions>(configuration, SignalWireOptions.Section);
        services.AddSettings<SwmlOptions>(configuration, SwmlOptions.Section);
        services.AddSettings<CallbackOptions>(configuration, CallbackOptions.Section);
        services.AddSettings<ConferenceOptions>(configuration, ConferenceOptions.Section);
        services.AddSingleton<IValidateOptions<RecordingOptions>, RecordingOptionsValidator>();
        services.AddSettings<RecordingOptions>(configuration, RecordingOptions.Section);
        services.AddSettings<ReconciliationOptions>(configuration, ReconciliationOptions.Section);
        services.AddSettings<PrivacyOptions>(configuration, PrivacyOptions.Section);
        services.AddSettings<RetentionOptions>(configuration, RetentionOptions.Section);
        services.AddSettings<TelemetryOptions>(configuration, TelemetryOptions.Section);

        // The web server would log every URL, and with it tokens.
        services.AddLogging(logging => logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning));

        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(StorageAccount.Connect(configuration));
        services.AddSingleton<ConferenceTelemetry>();
        services.AddConferenceTelemetry(configuration);

        services.AddSingleton<CapabilityTokens>();
        services.AddSingleton<PublicUrls>();
        services.AddSingleton<SignatureValidator>();
        services.AddSingleton<RequestAuthenticator>();

        services.AddSingleton<DocumentStore>();
        services.AddSingleton<DocumentCatalog>();
        services.AddSingleton<RenderingCache>();
        services.AddSingleton<DocumentReview>();
        services.AddSingleton<SwmlInstrumentation>();
        services.AddSingleton<SwmlServer>();

        services.AddSingleton<CallbackEnqueuer>();
        services.AddSingleton<CallerPrivacy>();
        services.AddSingleton<CallerReader>();
        services.AddSingleton<CallbackIntake>();
        services.AddSingleton<CallbackProcessor>();
        services.AddSingleton<CallbackReturn>();
        services.AddSingleton<CallerStore>();

        services.AddSingleton<ConferenceApplier>();
        services.AddSingleton<ConferenceMatcher>();
        services.AddSingleton<ConferenceReader>();
        services.AddSingleton<ConferenceList>();

        services.AddSingleton<RecordingJobs>();
        services.AddSingleton<RecordingClient>();
        services.AddSingleton<RecordingArchiver>();
        services.AddSingleton<RecordingLinks>();

        services.AddSingleton<DeadLetterStore>();
        services.AddSingleton<DeadLetterReplay>();
        services.AddSingleton<PoisonMessages>();
        services.AddSingleton<UnreadableCallbacks>();

        services.AddSingleton<ConferenceEraser>();
        services.AddSingleton<RetentionSweep>();

        services.AddSingleton<QueueBacklog>();
        services.AddSingleton<BacklogMeter>();
        services.AddSingleton<HealthCheck>();

        services.AddSingleton<ReconciliationStateStore>();
        services.AddSingleton<ConferenceReconciler>();
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<SignalWireLogs>(provider, SignalWireLogs.CreateHttp()));
        services.AddSingleton<Reconciler>();

        services.AddSingleton<HttpAnswers>();
        services.AddHostedService<StorageCreation>();
        return services;
    }

    private static void AddSettings<T>(this IServiceCollection services, IConfiguration configuration, string section) where T : class =>
        services.AddOptions<T>().Bind(configuration.GetSection(section)).ValidateDataAnnotations().ValidateOnStart();
}
