using System.Collections.Immutable;
using System.Globalization;

namespace Summit.Domain.Integrations;

/// <summary>Whose pages may show the conference in a frame.</summary>
public sealed partial class Integration
{
    private const int MostHosts = 20;
    private const int LongestHost = 253;

    /// <summary>As browsers take them: <c>https://city.example</c>.</summary>
    public ImmutableArray<string> Hosts { get; private set; } = [];

    private Decision Decide(AllowHosts command)
    {
        if (command.Hosts.Count > MostHosts)
        {
            return IntegrationFaults.TooMany(MostHosts);
        }

        string?[] hosts = [.. command.Hosts.Select(Clean).Distinct().Order(StringComparer.Ordinal)];
        return hosts.Contains(null) ? IntegrationFaults.HostMalformed
            : hosts.SequenceEqual(Hosts) ? Decision.Nothing
            : Decision.Raise(new HostsAllowed(hosts!));
    }

    /// <summary>Null for what is no host. Over http nothing but the own machine of who looks, for those who build a page.</summary>
    private static string? Clean(string raw)
    {
        var text = Text.CleanLine(raw);
        if (!text.Contains("://", StringComparison.Ordinal))
        {
            text = $"https://{text}";
        }

        if (!Uri.TryCreate(text, UriKind.Absolute, out var address) || address.PathAndQuery != "/" || address.Fragment.Length > 0 || address.UserInfo.Length > 0
            || (address.Scheme != Uri.UriSchemeHttps && !(address.Scheme == Uri.UriSchemeHttp && address.IsLoopback)))
        {
            return null;
        }

        // The list goes into a header: nothing but letters of ASCII, digits, hyphens and dots may come through.
        var host = address.IdnHost.ToLowerInvariant();
        return host.Length > LongestHost || !host.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '.') ? null
            : address.IsDefaultPort ? $"{address.Scheme}://{host}"
            : string.Create(CultureInfo.InvariantCulture, $"{address.Scheme}://{host}:{address.Port}");
    }
}
