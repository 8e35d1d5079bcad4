using System.Net;
using System.Net.Sockets;

namespace Summit.Server.Integrations;

/// <summary>An address of the inside, where only an operator may let deliveries go.</summary>
internal sealed class InsideException(string message) : IOException(message);

/// <summary>
/// Connects to the internet and not to what is around this server: the address is looked at when it is connected to, so that a name
/// which leads elsewhere a moment later leads nowhere.
/// </summary>
internal static class Outside
{
    /// <summary>The IANA registries of special-purpose addresses, as of 2025.</summary>
    private static readonly IPNetwork[] NotPublic =
    [
        .. ((string[])[
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16",
            "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/3", "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"]).Select(IPNetwork.Parse),
    ];

    /// <summary>All of IPv6 that is given out to the internet lies in here.</summary>
    private static readonly IPNetwork Global = IPNetwork.Parse("2000::/3");

    public static bool IsPublic(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return (plain.AddressFamily == AddressFamily.InterNetwork || Global.Contains(plain)) && !NotPublic.Any(network => network.Contains(plain));
    }

    /// <param name="insideToo">The operator has said so.</param>
    public static async ValueTask<Stream> ConnectAsync(DnsEndPoint to, bool insideToo, CancellationToken cancellationToken)
    {
        var all = await Dns.GetHostAddressesAsync(to.Host, cancellationToken);
        var addresses = insideToo ? all : [.. all.Where(IsPublic)];
        if (addresses.Length == 0)
        {
            throw new InsideException($"{to.Host} leads to no public address.");
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, to.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
