using System.Net;
using System.Net.Sockets;

namespace ConferenceFunctions.Core.Recordings;

/// <summary>
/// Tells the addresses of the public internet from all others: IANA's special-purpose registries, and the address under which Azure
/// serves its own machines. Of IPv6 only global unicast is public, less what carries an IPv4 address in it.
/// </summary>
internal static class RecordingAddresses
{
    private static readonly IPNetwork[] NotPublic =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "168.63.129.16/32", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
            "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
            // Teredo and what else the IETF assigned, documentation, 6to4.
            "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20",
        }.Select(network => IPNetwork.Parse(network)),
    ];

    private static readonly IPNetwork GlobalUnicast = IPNetwork.Parse("2000::/3");

    /// <summary>Whether an address is one of the public internet.</summary>
    public static bool IsPublic(IPAddress address)
    {
        // IPNetwork compares an IPv4 address inside IPv6 wrongly, so those are sorted out before.
        bool routable = address.AddressFamily == AddressFamily.InterNetwork
            || (address.AddressFamily == AddressFamily.InterNetworkV6 && !address.IsIPv4MappedToIPv6 && address.ScopeId == 0 && GlobalUnicast.Contains(address));
        return routable && !NotPublic.Any(network => network.Contains(address));
    }
}
