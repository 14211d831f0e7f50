using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace ConferenceFunctions.IntegrationTests.Infrastructure;

/// <summary>Keeps everything that is logged.</summary>
public sealed class LogCapture : ILoggerProvider, ILogger
{
    /// <summary>Every line so far: category, message and exception.</summary>
    public ConcurrentQueue<string> Lines { get; } = [];

    /// <inheritdoc />
    public ILogger CreateLogger(string categoryName) => this;

    /// <inheritdoc />
    public IDisposable? BeginScope<TState>(TState state) where TState : notnull
    {
        Lines.Enqueue($"scope {state}");
        return null;
    }

    /// <inheritdoc />
    public bool IsEnabled(LogLevel logLevel) => true;

    /// <inheritdoc />
    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Lines.Enqueue($"{logLevel} {formatter(state, exception)} {exception}");

    /// <inheritdoc />
    public void Dispose()
    {
    }
}
