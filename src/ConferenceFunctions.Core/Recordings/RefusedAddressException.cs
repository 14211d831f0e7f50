namespace ConferenceFunctions.Core.Recordings;

/// <summary>A host leads to an address that recordings are not fetched from; no connection was made.</summary>
/// <param name="host">The host.</param>
internal sealed class RefusedAddressException(string host) : Exception($"{host} leads to an address that is not public.");
