namespace ConferenceFunctions.LocalHost;

/// <summary>LocalHost can't run. The message is one line and says what to do.</summary>
public sealed class LocalHostException(string message, Exception? inner = null) : Exception(message, inner);
